// What a page downloads before the model: the scripts and the WebAssembly each engine's page asked for.

import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { fileOf } from "./server.mjs";

/** @returns {{ files: string[], raw: number, brotli: number }} of what these requests fetched, models left out */
export function codeBytes(requests) {
  const files = [...new Set(requests.map(fileOf))].filter(
    (file) => /\.(mjs|js|wasm)$/.test(file ?? "") && !file.includes("/bench/page/") && !isHarness(file),
  );
  const total = { files: files.map((file) => path.basename(file)), raw: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    total.raw += bytes.length;
    total.brotli += brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
    }).length;
  }
  return total;
}

function isHarness(file) {
  return file.includes("/bench/engines/") || file.includes("/bench/lib/");
}
