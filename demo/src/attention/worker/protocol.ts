// What the page and its attention worker say to each other.
import type { Neighbour } from "../numbers/nearest.ts";
import type { Reading } from "../numbers/reading.ts";

export type ToWorker =
  | { type: "start"; modelUrl: string }
  | { type: "read"; text: string }
  /** Which tokens the text's token of this index is like; about the text that was read last. */
  | { type: "neighbours"; token: number };

export type FromWorker =
  | { type: "progress"; fraction: number }
  | { type: "loaded" }
  | { type: "read"; reading: Reading; milliseconds: number }
  | { type: "neighbours"; token: number; neighbours: Neighbour[] }
  | { type: "failed"; task: ToWorker["type"]; message: string };
