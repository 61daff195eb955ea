// Workers of a page, or of another worker.
import type { WorkerEvents, WorkerHandle, WorkerHost } from "./host.ts";

export const webCores = () => (typeof Worker === "undefined" ? undefined : navigator.hardwareConcurrency);

/** A worker that was just started. */
export function webHandle(worker: Worker, { message, failure }: WorkerEvents): WorkerHandle {
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
}

export const webHost: WorkerHost = {
  cores: webCores,

  start(url, events) {
    // Written out, so that bundlers see the worker and bundle it.
    const worker = url
      ? new Worker(url, { type: "module" })
      : new Worker(new URL("./worker.mjs", import.meta.url), { type: "module" });
    return webHandle(worker, events);
  },
};
