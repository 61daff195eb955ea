// Workers of Node.js.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { messageOf } from "../source/byte_source.ts";
import type { WorkerHost } from "./host.ts";

/**
 * `open` starts the package's own script, or the one at `url`: without the flags meant for the program's script, such as
 * --input-type, which would keep it from starting. All is written out there, or Turbopack does not see which script is meant.
 */
export function nodeHostOf(open: (url: URL | undefined) => Worker): WorkerHost {
  return {
    cores: availableParallelism,

    start(url, { message, failure }) {
      const worker = open(url);
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

export const nodeHost = /* @__PURE__ */ nodeHostOf((url) =>
  url ? new Worker(url, { execArgv: [] }) : new Worker(new URL("./worker.node.mjs", import.meta.url), { execArgv: [] }),
);
