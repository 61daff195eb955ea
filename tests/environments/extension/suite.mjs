// The suite with the extension's own copy of the package and of the model.

import { smoke } from "./environments/smoke.mjs";
import * as kinvec from "./kinvec/dist/index.mjs";
import { createIndex } from "./kinvec/dist/search.mjs";

const model = new URL("all-MiniLM-L6-v2.q8.gguf", import.meta.url);

export const run = (options) => smoke({ ...kinvec, createIndex }, model, options);
