// Workers of a page, or of another worker.
import type { WorkerHost } from "./host.ts";

/** `open` starts the package's own script, or the one at `url`. */
export function webHostOf(open: (url: URL | undefined) => Worker): WorkerHost {
  return {
    cores: () => (typeof Worker === "undefined" ? undefined : navigator.hardwareConcurrency),

    start(url, { message, failure }) {
      const worker = open(url);
      worker.onmessage = ({ data }) => message(data);
      worker.onmessageerror = () => failure("a message could not be read");
      worker.onerror = (event) => {
        event.preventDefault();
        failure(event.message || "its script could not be loaded");
      };
      return {
        post: (data, transfer = []) => worker.postMessage(data, transfer),
        end: () => worker.terminate(),
        hold() {},
      };
    },
  };
}

export const webHost = /* @__PURE__ */ webHostOf((url) =>
  // Written out, so that bundlers see the worker and bundle it.
  url ? new Worker(url, { type: "module" }) : new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" }),
);
