// Calls on one model run one after another, in the order they were made.
import { abortError } from "./abort.ts";

/** First in, first out. A job that fails does not hold up the next. */
export class CallQueue {
  #tail: Promise<void> = Promise.resolve();

  /** Runs `job` when its turn comes; a call whose signal fires rejects at once and never starts. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => reject(abortError(signal as AbortSignal));
      if (signal?.aborted) return onAbort();
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#tail = this.#tail.then(async () => {
        try {
          if (!signal?.aborted) resolve(await job());
        } catch (error) {
          reject(error);
        } finally {
          signal?.removeEventListener("abort", onAbort);
        }
      });
    });
  }
}
