// Workers of a page that train word vectors.
import type { WorkerHost } from "../../../workers/host.ts";
import { webHostOf } from "../../../workers/web_host.ts";

export const webWordsHost: WorkerHost = /* @__PURE__ */ webHostOf((url) =>
  // Written out, so that bundlers see the worker and bundle it.
  url
    ? new Worker(url, { type: "module" })
    : new Worker(new URL("./words_worker.mjs", import.meta.url), { type: "module" }),
);
