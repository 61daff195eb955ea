// A local HTTP server that serves one model well, and badly in every way that is known to happen.

import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const html = "<!doctype html><html><body>my app</body></html>";

/**
 * @param {Uint8Array} file the model
 * @returns {Promise<{ url(name: string): string, requests: string[], served: { as: string }, close(): void }>} requests:
 *   paths asked for so far; served.as: which of the answers stands at /model
 */
export async function serveModel(file) {
  const requests = [];
  const served = { as: "good" };

  /** The file, or the part in `range`, up to `most` bytes, after which the connection is closed. */
  function send(response, { range, most, etag = '"1"', length = file.length }) {
    const start = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
    if (start >= file.length) return response.writeHead(416).end();
    const headers = { etag, "content-length": length - start };
    if (range) headers["content-range"] = `bytes ${start}-${length - 1}/${length}`;
    response.writeHead(range ? 206 : 200, headers);
    const end = Math.min(file.length, start + (most ?? file.length));
    response.write(file.subarray(start, end), () =>
      end - start < length - start ? response.destroy() : response.end(),
    );
  }

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
    "/part": (response) => response.writeHead(206, { "content-length": file.length }).end(file),
    // Half of it, and the rest when asked for.
    "/resumes": (response, range) => send(response, { range, most: range ? undefined : file.length >> 1 }),
    "/resumes-slowly": (response, range) => send(response, { range, most: file.length >> 2 }),
    "/resumes-without-length": (response, range) => {
      if (range) return send(response, { range });
      response.writeHead(200, { etag: '"1"' });
      response.write(file.subarray(0, file.length >> 1), () => response.destroy());
    },
    "/changed": (response, range) => send(response, { range, etag: range ? '"2"' : '"1"', most: file.length >> 1 }),
    "/ignores-range": (response) => send(response, { most: file.length >> 1 }),
    "/never-goes-on": (response, range) =>
      range ? response.writeHead(503).end() : send(response, { most: file.length >> 1 }),
    "/longer": (response, range) => send(response, { range, length: file.length + 1000 }),
    "/shorter": (response) => {
      response.writeHead(200, { "content-length": file.length - 1000 }).end(file.subarray(0, file.length - 1000));
    },
    "/slow": async (response) => {
      response.writeHead(200, { "content-length": file.length });
      const step = Math.ceil(file.length / 20);
      for (let at = 0; at < file.length; at += step) {
        response.write(file.subarray(at, at + step));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      response.end();
    },
    // Sends the start and then nothing more.
    "/stalled": (response) => {
      response.writeHead(200, { "content-length": file.length });
      response.write(file.subarray(0, file.length >> 1));
    },
  };
  const server = createServer((request, response) => {
    requests.push(request.url);
    const answer = request.url === "/model" ? answers[`/${served.as}`] : answers[request.url];
    if (answer) answer(response, request.headers.range);
    else response.writeHead(404).end("not here");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    url: (name) => `${origin}/${name}`,
    requests,
    served,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
