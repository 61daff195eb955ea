// A page whose service worker keeps all that it needs.

import * as kinvec from "/package/dist/index.mjs";
import { createIndex } from "/package/dist/search.mjs";
import { smoke } from "/tests/environments/smoke.mjs";
import * as others from "./others.mjs";

const model = "/models/all-MiniLM-L6-v2.q8.gguf";

globalThis.hosts = {
  ...others,
  page: (options) => smoke({ ...kinvec, createIndex }, model, options),
  ready: () => others.activeServiceWorker("/offline_worker.js", "classic").then(() => true),
};
