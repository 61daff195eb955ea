// A local HTTP server that serves one model well, and badly in every way that is known to happen.

import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const html = "<!doctype html><html><body>my app</body></html>";

/**
 * @param {Uint8Array} file the model
 * @returns {Promise<{ url(name: string): string, requests: string[], close(): void }>} requests: paths asked for so far
 */
export async function serveModel(file) {
  const requests = [];
  const answers = {
    "/good": (response) => response.writeHead(200, { "content-length": file.length }).end(file),
    "/chunked": (response) => response.writeHead(200).end(file),
    "/gzip": (response) => {
      const packed = gzipSync(file);
      response.writeHead(200, { "content-encoding": "gzip", "content-length": packed.length }).end(packed);
    },
    "/html": (response) => response.writeHead(200, { "content-type": "text/html" }).end(html),
    "/lfs": (response) => response.writeHead(200).end("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
    "/empty": (response) => response.writeHead(200).end(),
    "/text": (response) => response.writeHead(200).end("once upon a time there was no model"),
    // The connection is closed before all that was announced has come.
    "/cut": (response) => {
      response.writeHead(200, { "content-length": file.length });
      response.write(file.subarray(0, file.length >> 1), () => response.destroy());
    },
    // A file that was cut before it reached the server.
    "/half": (response) => response.writeHead(200).end(file.subarray(0, file.length >> 1)),
    "/last": (response) => response.writeHead(200).end(file.subarray(0, file.length - 1)),
    "/first": (response) => response.writeHead(200).end(file.subarray(0, 1)),
    "/flipped": (response) => {
      const damaged = file.slice();
      damaged[damaged.length - 1000] ^= 1;
      response.writeHead(200).end(damaged);
    },
    // Sends the start and then nothing more.
    "/stalled": (response) => {
      response.writeHead(200, { "content-length": file.length });
      response.write(file.subarray(0, file.length >> 1));
    },
  };
  const server = createServer((request, response) => {
    requests.push(request.url);
    const answer = answers[request.url];
    if (answer) answer(response);
    else response.writeHead(404).end("not here");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    url: (name) => `${origin}/${name}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
