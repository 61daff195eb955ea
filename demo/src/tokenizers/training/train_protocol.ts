// What the page and its training worker say to each other.
import type { TrainableKey } from "../schemes.ts";
import type { TokenizerJson } from "./tokenizer_json.ts";

export type TextSource =
  /** The descriptions of the programs on the first page, fetched when they are asked for. */
  { kind: "catalogue"; url: string } | { kind: "text"; text: string } | { kind: "file"; file: File };

export interface TrainSettings {
  model: TrainableKey;
  vocabSize: number;
  lowercase: boolean;
}

export type ToTrainer = { type: "train"; source: TextSource; settings: TrainSettings } | { type: "stop" };

export type FromTrainer =
  /** `fraction`: of the whole training, 0 to 1. */
  | { type: "progress"; fraction: number }
  | { type: "trained"; trained: Trained }
  | { type: "stopped" }
  | { type: "failed"; message: string };

export interface Trained {
  tokenizer: TokenizerJson;
  settings: TrainSettings;
  /** UTF-16 units of text that were read. */
  characters: number;
  milliseconds: number;
}
