// The seam between a pool and the workers of a page or of Node.js.
import type { FromWorker, ToWorker } from "./protocol.ts";

/** A worker as the thread that started it sees it. */
export interface WorkerHandle {
  post(message: ToWorker, transfer?: ArrayBuffer[]): void;
  end(): void;
  /** In Node.js: whether the worker keeps the process alive. */
  hold(busy: boolean): void;
}

export interface WorkerEvents {
  message(message: FromWorker): void;
  /** The worker could not start, or has ended by itself. */
  failure(cause: unknown): void;
}

export interface WorkerHost {
  /** Cores of the machine; undefined where no worker can be started, as in a service worker. */
  cores(): number | undefined;
  /** Starts the package's worker for this, or the script at `url`. */
  start(url: URL | undefined, events: WorkerEvents): WorkerHandle;
}

/** The other end: what a worker has of the thread that started it. */
export interface WorkerPort {
  post(message: FromWorker, transfer?: ArrayBuffer[]): void;
  listen(receive: (message: ToWorker) => void): void;
}
