// Options of a graph, and what an index tells of it.
import { checkInteger, checkOptions } from "../arguments.ts";

/** What a graph is built with. */
export interface GraphSettings {
  neighbors: number;
  effort: number;
}

/** What an index tells of its graph. */
export interface GraphInfo extends GraphSettings {
  /** Memory that the graph takes for one item, on average, besides the item's own. */
  bytesPerItem: number;
}

/** Options of `index.buildGraph`. */
export interface GraphOptions {
  /** How many items each is linked to, 2 to 64; default 16. More find more, and take more memory: 8 bytes each. */
  neighbors?: number | undefined;
  /**
   * How many candidates are looked at for the links of each item, 1 to 10000; default 128. More make a better graph in
   * more time.
   */
  effort?: number | undefined;
  /** Cancels the building: it rejects with ABORTED, and the index is as it was before. */
  signal?: AbortSignal | undefined;
  /** Called as items are linked, for the last time with all of them. */
  onProgress?: ((progress: GraphProgress) => void) | undefined;
}

/** How far the building of a graph is, in items. */
export interface GraphProgress {
  done: number;
  total: number;
}

const kNeighbors = { least: 2, most: 64, default: 16 };
export const EFFORT = { most: 10_000, build: 128, search: 128 } as const;

export function checkGraphOptions(given: GraphOptions | undefined): GraphOptions & GraphSettings {
  const options = checkOptions(given);
  const { neighbors = kNeighbors.default, effort = EFFORT.build } = options;
  checkInteger(neighbors, "options.neighbors", kNeighbors.least, kNeighbors.most);
  checkInteger(effort, "options.effort", 1, EFFORT.most);
  return { ...options, neighbors, effort };
}

/** Whether a file may say this. */
export function isGraph({ neighbors, effort }: GraphSettings): boolean {
  return neighbors >= kNeighbors.least && neighbors <= kNeighbors.most && effort >= 1 && effort <= EFFORT.most;
}
