// Coverage-guided fuzzing of the checkpoint importer with transformers.
// Usage: node tests/fuzz/checkpoint_import_fuzz.mjs FOLDER SECONDS [SEED]

import { readdirSync, readFileSync } from "node:fs";
import { fuzzImports } from "./fuzz_imports.mjs";

const kept = new URL("corpus/import/", import.meta.url);
const found = readdirSync(kept).map((name) => readFileSync(new URL(name, kept)));
await fuzzImports("transformer", [new Uint8Array(), ...found]);
