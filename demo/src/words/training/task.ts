// What the training worker is told to learn, and what it tells of it.
import type { FromTrainer, ToTrainer, TrainState } from "../../training/protocol.ts";
import type { OwnVectors } from "../rungs/shelf.ts";

export type TextSource =
  | { kind: "entries"; url: string }
  | { kind: "text"; text: string }
  | { kind: "file"; file: File };

export interface TrainSettings {
  method: "word2vec" | "fasttext" | "glove";
  /** Not with GloVe. */
  architecture: "skipgram" | "cbow";
  dimensions: number;
  window: number;
  epochs: number;
}

export interface TrainTask {
  source: TextSource;
  settings: TrainSettings;
  /** Words to draw, where the texts have them; else the most frequent ones. */
  preferred: string[];
}

/** A look at the training. */
export interface TrainingLook {
  stage: "read" | "count" | "train";
  /** Of the whole work, 0 to 1. */
  fraction: number;
  wordsPerSecond: number;
  /** Mean loss of a prediction since the last look; undefined while there is none. */
  loss: number | undefined;
  /** The words that are drawn, and [words, 2] where they are now, in the square from 0 to 1. */
  words: string[];
  places: Float32Array;
}

export interface Trained {
  vectors: OwnVectors;
  settings: TrainSettings;
  /** Texts, mostly lines. */
  texts: number;
  milliseconds: number;
}

export type ToWordTrainer = ToTrainer<TrainTask>;
export type FromWordTrainer = FromTrainer<TrainingLook, Trained>;
export type WordTrainState = TrainState<TrainingLook, Trained>;
