// What the training worker is told to learn, and what it tells of it.
import type { FromTrainer, ToTrainer, TrainState } from "../../training/protocol.ts";
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

export interface TrainTask {
  source: TextSource;
  settings: TrainSettings;
}

/** A look at the training. */
export interface TrainingLook {
  /** Of the whole work, 0 to 1. */
  fraction: number;
}

export interface Trained {
  tokenizer: TokenizerJson;
  settings: TrainSettings;
  /** UTF-16 units of text that were read. */
  characters: number;
  milliseconds: number;
}

export type ToTokenizerTrainer = ToTrainer<TrainTask>;
export type FromTokenizerTrainer = FromTrainer<TrainingLook, Trained>;
export type TokenizerTrainState = TrainState<TrainingLook, Trained>;
