// Builds a graph in slices between which the event loop runs.
import { throwIfAborted } from "../abort.ts";
import type { IndexGraph } from "../native/index_graph.ts";
import type { GraphOptions, GraphSettings } from "./graph_options.ts";

const kMillisecondsPerSlice = 8;
const kRowsPerCall = 16;

/**
 * @param graph asked for before each slice; throws once the index is gone
 * @param size of the index, which may change meanwhile
 * @param pause lets the event loop run
 */
export async function buildGraph(
  graph: () => IndexGraph,
  size: () => number,
  pause: () => Promise<void>,
  { neighbors, effort, signal, onProgress }: GraphOptions & GraphSettings,
): Promise<void> {
  throwIfAborted(signal);
  graph().begin({ neighbors, effort });
  try {
    for (;;) {
      const left = slice(graph());
      onProgress?.({ done: size() - left, total: size() });
      if (left === 0) return;
      await pause();
      throwIfAborted(signal);
    }
  } catch (error) {
    try {
      graph().dropUnfinished();
    } catch {
      // There is nothing left to drop it from.
    }
    throw error;
  }
}

/** Answers how many rows are left. */
function slice(graph: IndexGraph): number {
  const end = performance.now() + kMillisecondsPerSlice;
  for (;;) {
    const left = graph.link(kRowsPerCall);
    if (left === 0 || performance.now() >= end) return left;
  }
}
