// Workers of Node.js that train word vectors.
import { Worker } from "node:worker_threads";
import type { WorkerHost } from "../../../workers/host.ts";
import { nodeHandle, nodeHost } from "../../../workers/node_host.ts";

export const nodeWordsHost: WorkerHost = {
  cores: nodeHost.cores,

  start(url, events) {
    const execArgv: string[] = [];
    // Written out, as in ../../../workers/node_host.ts.
    const worker = url
      ? new Worker(url, { execArgv })
      : new Worker(new URL("./words_worker.node.mjs", import.meta.url), { execArgv });
    return nodeHandle(worker, events);
  },
};
