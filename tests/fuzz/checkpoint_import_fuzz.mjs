// Coverage-guided fuzzing of the checkpoint importer.
// Usage: node tests/fuzz/checkpoint_import_fuzz.mjs FOLDER SECONDS [SEED]
// Inputs and findings go below FOLDER, and into FOLDER/models the files that were made of the checkpoints of inputs in
// the corpus: gguf_load_fuzz starts from them.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { importDamaged } from "./checkpoint_import.mjs";
import { fuzzWithCoverage } from "./coverage_fuzzer.mjs";

const kMostMegabytes = 1500; // a damaged folder of 200 kB must not take more, nor may all that came before it

const [folder, seconds, seed = Date.now() % 2 ** 32] = process.argv.slice(2);
const models = path.join(folder, "models");
mkdirSync(models, { recursive: true });
const kept = new URL("corpus/import/", import.meta.url);

let file; // made of the last input, if any

process.stdout.write(`seed ${seed}\n`);
const result = await fuzzWithCoverage(
  (input) => {
    file = undefined;
    return importDamaged(input, (made) => {
      file = made;
    });
  },
  {
    folder,
    seeds: [new Uint8Array(), ...readdirSync(kept).map((name) => readFileSync(new URL(name, kept)))],
    seconds: Number(seconds),
    seed: Number(seed),
    mostBytes: kMostMegabytes << 20,
    isCounted: (url) => /\/dist\/[^/]*\.mjs$/.test(url),
    onKept: () => {
      if (!file) return;
      const name = createHash("sha1").update(file).digest("hex").slice(0, 12);
      writeFileSync(path.join(models, name), file);
    },
  },
);
process.exitCode = result.findings > 0 ? 1 : 0;
