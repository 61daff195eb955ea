// Types of what bindings/trainer_binding.cpp exposes, name for name, as in web/native/module.ts.
import type { NativeMemory, Status } from "./module.ts";

export interface NativeTrainingModule extends NativeMemory {
  Trainer: new () => NativeTrainer;
}

/** Numbers of the trainers. */
export const NATIVE_TRAINERS = { bpe: 0, wordpiece: 1, words: 2, unigram: 3 } as const;

/** Numbers that are 0 and texts that are empty stand for "none". */
export interface NativeTrainerOptions {
  kind: number;
  vocabSize: number;
  minFrequency: number;
  specialTokens: string[];
  unknownToken: string;
  limitAlphabet: number;
  initialAlphabet: string;
  maxTokenLength: number;
}

export interface NativeTrainer {
  /** Block for the GGUF metadata of normalizers and pre-tokenizers; 0 = out of memory. */
  reserveFile(bytes: number): number;
  /** Reads the block and gives its memory back. */
  open(options: NativeTrainerOptions): Status;
  /** Block for the UTF-8 bytes of `count` texts; 0 = out of memory. */
  reserveTexts(bytes: number, count: number): number;
  /** View [count] to fill: end byte of each text in the block. */
  textEnds(): Uint32Array;
  /** Counts the words of the texts in the block. */
  addTexts(): Status;
  /** Does some tens of milliseconds of the training; true once all is done. */
  step(): boolean;
  /** Share of the training done, 0 to 1. */
  progress(): number;
  /** Ends the training: the vocabulary is in the views that follow, or the status says why not. */
  finish(): Status;
  /** UTF-8 of the tokens by id, end to end. */
  tokenBytes(): Uint8Array;
  tokenEnds(): Uint32Array;
  /** [2 * merges] ids of left and right. */
  merges(): Int32Array;
  /** Unigram: one per token. */
  scores(): Float64Array;
  /** Unigram: id of the unknown token; -1: none. */
  unknownId(): number;
  delete(): void;
}
