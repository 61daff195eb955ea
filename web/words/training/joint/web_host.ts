// Workers of a page that train word vectors.
import type { WorkerHost } from "../../../workers/host.ts";
import { webCores, webHandle } from "../../../workers/web_host.ts";

export const webWordsHost: WorkerHost = {
  cores: webCores,

  start(url, events) {
    // Written out, so that bundlers see the worker and bundle it.
    const worker = url
      ? new Worker(url, { type: "module" })
      : new Worker(new URL("./words_worker.mjs", import.meta.url), { type: "module" });
    return webHandle(worker, events);
  },
};
