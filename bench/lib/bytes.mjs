// What a page downloads before the model: the scripts and the WebAssembly each engine's page asked for.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { cache } from "./paths.mjs";
import { fileOf } from "./server.mjs";

// Compressing the peers' binaries takes minutes, and they stay the same from run to run.
const knownFile = path.join(cache, "bench/brotli.json");

/** @returns {{ files: string[], raw: number, brotli: number }} of what these requests fetched, models left out */
export function codeBytes(requests) {
  const files = [...new Set(requests.map(fileOf))].filter(
    (file) => /\.(mjs|js|wasm)$/.test(file ?? "") && !file.includes("/bench/page/") && !isHarness(file),
  );
  const total = { files: files.map((file) => path.basename(file)), raw: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.brotli += brotliSize(bytes);
  }
  return total;
}

function brotliSize(bytes) {
  const known = existsSync(knownFile) ? JSON.parse(readFileSync(knownFile, "utf8")) : {};
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (known[hash] === undefined) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
    known[hash] = brotliCompressSync(bytes, { params }).length;
    writeFileSync(knownFile, JSON.stringify(known));
  }
  return known[hash];
}

function isHarness(file) {
  return file.includes("/bench/engines/") || file.includes("/bench/lib/");
}
