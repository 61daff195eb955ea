// A page with a classic script: kinvec/inline is the global `kinvec`, and the suite the global `suite`.

/* global kinvec, suite */
import * as others from "./others.mjs";

const model = "/models/all-MiniLM-L6-v2.q8.gguf";

globalThis.hosts = { ...others, page: (options) => suite.smoke(kinvec, model, options) };
