// Coverage-guided fuzzing of the checkpoint importer with static models, in the folders of model2vec.
// Usage: node tests/fuzz/static_import_fuzz.mjs FOLDER SECONDS [SEED]

import { fuzzImports } from "./fuzz_imports.mjs";

const eachFolder = [0, 1, 2, 3].map((folder) => Uint8Array.of(0, folder));
await fuzzImports("static", [new Uint8Array(), ...eachFolder]);
