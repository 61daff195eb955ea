// A page that imports kinvec/inline.

import * as kinvec from "/package/dist/inline.mjs";
import { smoke } from "/tests/environments/smoke.mjs";
import * as others from "./others.mjs";

const model = "/models/all-MiniLM-L6-v2.q8.gguf";

globalThis.hosts = { ...others, page: (options) => smoke(kinvec, model, options) };
