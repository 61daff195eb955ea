// Workers of Node.js.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { messageOf } from "../source/byte_source.ts";
import type { WorkerEvents, WorkerHandle, WorkerHost } from "./host.ts";

/** A worker that was just started. */
export function nodeHandle(worker: Worker, { message, failure }: WorkerEvents): WorkerHandle {
  worker.on("message", message);
  worker.on("messageerror", (cause) => failure(messageOf(cause)));
  worker.on("error", (cause) => failure(messageOf(cause)));
  worker.on("exit", (code) => failure(`it exited with code ${code}`));
  return {
    post: (data, transfer = []) => worker.postMessage(data, transfer),
    end: () => void worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}

export const nodeHost: WorkerHost = {
  cores: availableParallelism,

  start(url, events) {
    // Flags meant for the program's own script, such as --input-type, would keep the worker from starting.
    const execArgv: string[] = [];
    // Written out, as in web_host.ts: Turbopack would take any file of this folder for a worker.
    const worker = url
      ? new Worker(url, { execArgv })
      : new Worker(new URL("./worker.node.mjs", import.meta.url), { execArgv });
    return nodeHandle(worker, events);
  },
};
