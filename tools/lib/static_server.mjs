// A small static file server for the demo, the browser tests and the benchmarks.
// Serves folders only, listens on the loopback interface only.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream";

const contentTypes = {
  ".css": "text/css; charset=utf-8",
  ".gguf": "application/octet-stream",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * @param {Record<string, string>} mounts URL prefix ending in "/" -> folder; the longest matching prefix wins
 * @param {{ port?: number, headers?: Record<string, string> }} options port 0 takes a free one
 * @returns {Promise<{ origin: string, port: number, close(): Promise<void> }>}
 */
export async function serve(mounts, { port = 0, headers = {} } = {}) {
  const prefixes = Object.keys(mounts).sort((a, b) => b.length - a.length);

  async function locate(url) {
    const pathname = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const prefix = prefixes.find((candidate) => pathname.startsWith(candidate));
    if (prefix === undefined || pathname.includes("\0")) return undefined;
    const folder = path.resolve(mounts[prefix]);
    let file = path.resolve(folder, `./${pathname.slice(prefix.length)}`);
    if (file !== folder && !file.startsWith(folder + path.sep)) return undefined;
    let found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) {
      file = path.join(file, "index.html");
      found = await stat(file).catch(() => undefined);
    }
    return found?.isFile() ? { file, size: found.size } : undefined;
  }

  const server = createServer(async (request, response) => {
    // A malformed percent escape is the client's mistake, like an unknown path.
    const target = await locate(request.url ?? "/").catch(() => undefined);
    if (!target || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(target ? 405 : 404, { "Content-Type": "text/plain" }).end(target ? "method\n" : "not found\n");
      return;
    }
    response.writeHead(200, {
      "Content-Type": contentTypes[path.extname(target.file)] ?? "application/octet-stream",
      "Content-Length": target.size,
      "Cache-Control": "no-cache",
      ...headers,
    });
    if (request.method === "HEAD") response.end();
    else pipeline(createReadStream(target.file), response, () => {});
  });

  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = server.address().port;
  return {
    origin: `http://localhost:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
