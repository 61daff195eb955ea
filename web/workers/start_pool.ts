// From the option `workers` to a pool.
import { invalid } from "../arguments.ts";
import type { Platform } from "../platform/platform.ts";
import type { LoadOptions } from "../types.ts";
import type { WorkerHost } from "./host.ts";
import { WorkerPool } from "./worker_pool.ts";

// Each worker holds a copy of the weights.
const kMostByItself = 8;

/** Starts the workers asked for; undefined if none were, or where `auto` finds no way to start any. */
export function startPool(
  platform: Platform,
  host: WorkerHost,
  { workers, workerUrl }: Pick<LoadOptions, "workers" | "workerUrl">,
): WorkerPool | undefined {
  if (workers === undefined) return undefined;
  const cores = host.cores();
  if (cores === undefined) {
    if (workers === "auto") return undefined;
    throw invalid("options.workers: no worker can be started from here");
  }
  // One core is left to the thread that asks.
  const count = workers === "auto" ? Math.min(Math.max(cores - 1, 1), kMostByItself) : workers;
  return new WorkerPool(host, count, workerUrl === undefined ? undefined : platform.resolveUrl(workerUrl));
}
