// Coverage-guided fuzzing of the checkpoint importer, for each kind of checkpoint.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { importDamaged } from "./checkpoint_import.mjs";
import { fuzzWithCoverage } from "./coverage_fuzzer.mjs";

const kMostMegabytes = 1500; // a damaged folder of 200 kB must not take more, nor may all that came before it

/**
 * Runs the process's command line: FOLDER SECONDS [SEED]. Inputs and findings go below FOLDER, and into FOLDER/models the files
 * that were made of the checkpoints of inputs in the corpus: gguf_load_fuzz starts from them.
 * @param {"transformer" | "static"} kind
 * @param {Uint8Array[]} seeds
 */
export async function fuzzImports(kind, seeds) {
  const [folder, seconds, seed = Date.now() % 2 ** 32] = process.argv.slice(2);
  const models = path.join(folder, "models");
  mkdirSync(models, { recursive: true });

  let file; // made of the last input, if any

  process.stdout.write(`seed ${seed}\n`);
  const keep = (made) => {
    file = made;
  };
  const result = await fuzzWithCoverage(
    (input) => {
      file = undefined;
      return importDamaged(input, keep, kind);
    },
    {
      folder,
      seeds,
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
}
