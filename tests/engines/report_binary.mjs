// Loads the model with the options given as JSON, embeds the golden sentences and prints what ran and what came out.
// binary_choice.test.mjs runs it under several versions and flags of Node.js.

import { readFileSync } from "node:fs";
import { load } from "kinvec";
import { hashInBatches } from "../common/same_bits.mjs";

const { wasm, ...options } = JSON.parse(process.argv[2]);
for (const name of Object.keys(wasm ?? {})) wasm[name] = new Uint8Array(readFileSync(wasm[name]));

const report = await run().catch((error) => ({ error: error.code ?? String(error) }));
process.stdout.write(JSON.stringify(report));

async function run() {
  const model = await load(new URL("../../models/all-MiniLM-L6-v2.q8.gguf", import.meta.url), {
    ...options,
    ...(wasm ? { wasm } : {}),
  });
  const sentences = JSON.parse(readFileSync(new URL("../golden/sentences.json", import.meta.url), "utf8"));
  const { binary, probe } = model.info();
  return { binary, probe, hash: await hashInBatches(model, sentences) };
}
