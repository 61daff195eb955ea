// Serves the pages, the engines and the models on this machine only, isolated so that clocks are fine-grained.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import {
  bench,
  cache,
  kinvecDist,
  kinvecModel,
  ortDist,
  transformersDist,
  transformersOrtDist,
  wllamaDist,
} from "./paths.mjs";

const folders = {
  "/bench/": bench,
  "/kinvec/": kinvecDist,
  "/ort/": ortDist,
  "/transformers/": transformersDist,
  "/transformers-ort/": transformersOrtDist,
  "/models/": path.join(cache, "bench"),
  "/wllama/": wllamaDist,
  "/gguf/": path.join(cache, "gguf"),
};
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** The file behind a URL path, or undefined. */
export function fileOf(url) {
  const name = decodeURIComponent(new URL(url, "http://localhost").pathname);
  if (name === "/kinvec-model.gguf") return kinvecModel;
  const prefix = Object.keys(folders).find((start) => name.startsWith(start));
  if (!prefix || name.includes("..")) return undefined;
  const file = path.join(folders[prefix], name.slice(prefix.length));
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

const read = new Map();

// From memory, at once: the server shares the processor with what it serves.
function contents(file) {
  if (!read.has(file)) read.set(file, readFileSync(file));
  return read.get(file);
}

/**
 * @param {{ cached?: boolean }} options whether browsers may keep what they fetch
 * @returns {Promise<{ origin: string, close(): void }>}
 */
export async function serve({ cached = false } = {}) {
  const server = createServer((request, response) => {
    const file = fileOf(request.url);
    const headers = {
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cache-Control": cached ? "max-age=86400" : "no-store",
    };
    if (!file) {
      response.writeHead(404, headers).end();
      return;
    }
    headers["Content-Type"] = types[path.extname(file)] ?? "application/octet-stream";
    headers["Content-Length"] = statSync(file).size;
    response.writeHead(200, headers);
    if (request.method === "HEAD") response.end();
    else response.end(contents(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
