// A page that imports the package.

import * as kinvec from "/package/dist/index.mjs";
import { createIndex } from "/package/dist/search.mjs";
import { smoke } from "/tests/environments/smoke.mjs";
import * as others from "./others.mjs";

const model = "/models/all-MiniLM-L6-v2.q8.gguf";

globalThis.hosts = {
  ...others,
  page: (options) => smoke({ ...kinvec, createIndex }, model, options),
  loadError: (options) => kinvec.load(model, options).then(String, ({ code, message }) => ({ code, message })),
};
