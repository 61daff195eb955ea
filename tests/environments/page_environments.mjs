// The pages, workers and policies in which each browser engine runs the suite, as data.

export const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/** Headers of every response of a server, by name. */
export const headers = {
  plain: {},
  strict: { "Content-Security-Policy": policy },
  "no WebAssembly": { "Content-Security-Policy": policy.replace(" 'wasm-unsafe-eval'", "") },
  isolated: {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  },
};

const oneWorker = { workers: 1 };
const moduleWorker = ["worker", "module_worker.mjs", "module"];
const serviceWorker = ["service_worker.mjs", "module"];

/**
 * `server`: by which headers its page comes, if not plain; `page`: if not module.html; `call`: a function of the page's
 * `hosts`, and its arguments.
 */
export const pageEnvironments = [
  { environment: "page", call: ["page", {}] },
  { environment: "page with `workers: 1`", call: ["page", oneWorker] },
  { environment: "page, `kinvec/inline`", page: "inline.html", call: ["page", {}] },
  { environment: "page, classic script", page: "script.html", call: ["page", {}] },
  { environment: "module worker", call: [...moduleWorker, {}] },
  { environment: "module worker with `workers: 1`", call: [...moduleWorker, oneWorker] },
  { environment: "shared worker", call: ["sharedWorker", "module_worker.mjs", "module", {}] },
  { environment: "classic worker, `import()`", call: ["worker", "classic_worker.js", "classic", {}] },
  { environment: "classic worker, `importScripts()`", call: ["worker", "script_worker.js", "classic", {}] },
  { environment: "service worker, on a message", call: ["serviceWorker", ...serviceWorker, {}] },
  { environment: "service worker, on a fetch", call: ["serviceWorkerFetch", ...serviceWorker] },
  { environment: "classic service worker", call: ["serviceWorker", "script_worker.js", "classic", {}] },
  { environment: "strict policy", server: "strict", call: ["page", {}] },
  { environment: "strict policy, `workers: 1`", server: "strict", call: ["page", oneWorker] },
  { environment: "strict policy, `kinvec/inline`", server: "strict", page: "inline.html", call: ["page", {}] },
  { environment: "strict policy, module worker", server: "strict", call: [...moduleWorker, {}] },
  { environment: "strict policy, service worker", server: "strict", call: ["serviceWorker", ...serviceWorker, {}] },
  { environment: "isolated page", server: "isolated", call: ["page", {}] },
  { environment: "isolated page, `workers: 1`", server: "isolated", call: ["page", oneWorker] },
];
