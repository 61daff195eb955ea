// Searches known vectors on the binaries given as JSON and prints the hashes of what came out, or the error's code.
// binary_choice.test.mjs runs it.

import { readFileSync } from "node:fs";
import { createIndex } from "kinvec/search";
import { hashGraphs, hashSearches } from "../common/search_bits.mjs";

const { wasm } = JSON.parse(process.argv[2]);
for (const name of Object.keys(wasm)) wasm[name] = new Uint8Array(readFileSync(wasm[name]));

const hashes = async () => [await hashSearches(createIndex, { wasm }), await hashGraphs(createIndex, { wasm })];
const report = await hashes().catch((error) => error.code ?? String(error));
process.stdout.write(JSON.stringify(report));
