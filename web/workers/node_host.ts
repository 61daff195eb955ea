// Workers of Node.js.
import { availableParallelism } from "node:os";
import { Worker, type WorkerOptions } from "node:worker_threads";
import { messageOf } from "../source/byte_source.ts";
import type { WorkerHost } from "./host.ts";

// Flags meant for the program's own script, such as --input-type, would keep the worker from starting.
const options: WorkerOptions = { execArgv: [] };

/** `open` starts the package's own script, or the one at `url`. */
export function nodeHostOf(open: (url: URL | undefined, options: WorkerOptions) => Worker): WorkerHost {
  return {
    cores: availableParallelism,

    start(url, { message, failure }) {
      const worker = open(url, options);
      worker.on("message", message);
      worker.on("messageerror", (cause) => failure(messageOf(cause)));
      worker.on("error", (cause) => failure(messageOf(cause)));
      worker.on("exit", (code) => failure(`it exited with code ${code}`));
      return {
        post: (data, transfer = []) => worker.postMessage(data, transfer),
        end: () => void worker.terminate(),
        hold: (busy) => (busy ? worker.ref() : worker.unref()),
      };
    },
  };
}

export const nodeHost = /* @__PURE__ */ nodeHostOf((url, options) =>
  // Written out, as in web_host.ts: Turbopack would take any file of this folder for a worker.
  url ? new Worker(url, options) : new Worker(new URL("./worker.node.mjs", import.meta.url), options),
);
