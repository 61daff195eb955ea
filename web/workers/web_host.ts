// Workers of a page, or of another worker.
import type { WorkerHost } from "./host.ts";

export const webHost: WorkerHost = {
  cores: () => (typeof Worker === "undefined" ? undefined : navigator.hardwareConcurrency),

  start(url, { message, failure }) {
    // Written out, so that bundlers see the worker and bundle it.
    const worker = url
      ? new Worker(url, { type: "module" })
      : new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
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
