// Workers of Node.js that train word vectors.
import { Worker } from "node:worker_threads";
import type { WorkerHost } from "../../../workers/host.ts";
import { nodeHostOf } from "../../../workers/node_host.ts";

export const nodeWordsHost: WorkerHost = /* @__PURE__ */ nodeHostOf((url) =>
  url
    ? new Worker(url, { execArgv: [] })
    : new Worker(new URL("./words_worker.node.mjs", import.meta.url), { execArgv: [] }),
);
