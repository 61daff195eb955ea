// What the page and its search worker say to each other.

export type ToWorker =
  /** Load the model and index the items. `rows`: [count, dimensions], unit length. */
  | { type: "start"; modelUrl: string; rows: Float32Array; dimensions: number }
  | { type: "search"; id: number; text: string };

export type FromWorker =
  | { type: "progress"; loaded: number; total?: number; fraction: number }
  | { type: "ready"; engine: Engine }
  | { type: "failed"; message: string }
  /** `items` and `scores`: all items, nearest first. */
  | { type: "found"; id: number; items: Int32Array; scores: Float32Array; milliseconds: number }
  | { type: "searchFailed"; id: number; message: string };

/** What the page tells about the model in use. */
export interface Engine {
  name: string;
  license: string;
  binary: string;
  dimensions: number;
  megabytes: number;
}
