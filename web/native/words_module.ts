// Types of what bindings/words_binding.cpp exposes, name for name, as in web/native/module.ts.
import type { NativeMemory, Status } from "./module.ts";

export interface NativeWordsModule extends NativeMemory {
  WordTrainer: new () => NativeWordTrainer;
  GloveTrainer: new () => NativeGloveTrainer;
}

export interface NativeTrainerOptions {
  dimensions: number;
  window: number;
  minCount: number;
  maxWords: number;
  epochs: number;
  learningRate: number;
  seed: number;
}

export interface NativeWordTrainerOptions extends NativeTrainerOptions {
  skipgram: boolean;
  hierarchicalSoftmax: boolean;
  negative: number;
  subsample: number;
  minLearningRate: number;
  /** 0: no sub-words. */
  buckets: number;
  minn: number;
  maxn: number;
}

export interface NativeGloveOptions extends NativeTrainerOptions {
  xMax: number;
  alpha: number;
  /** Bytes of counted pairs. */
  maxMemory: number;
}

/** What both trainers have in common. */
export interface NativeTrainer {
  /** Block for UTF-8; 0 = out of memory. */
  reserveTexts(bytes: number): number;
  /** Adds the texts in so many bytes of the block: a NUL follows each word, another each text. */
  addTexts(bytes: number): Status;
  /** Makes the vocabulary and the matrices; after all texts. */
  open(options: NativeWordTrainerOptions | NativeGloveOptions): Status;
  /** Trains on so many words of the texts, or pairs of words, more; true once all is done. */
  step(size: number): boolean;
  /** Words trained on, all epochs together. */
  wordsDone(): number;
  /** Of the whole work, 0 to 1. */
  shareDone(): number;
  /** Mean loss of a prediction since the last call. */
  takeLoss(): number;
  /** What it is at between two steps, in pieces of its memory; may be set to that of an equal trainer before the first one. */
  state(): Uint8Array[];
  /** Of all pieces, 16 hexadecimal digits. */
  hashState(): string;
  /** Whether the state that was set can be one of these texts. */
  isSound(): boolean;
  /** Of the words of the texts, and their order. */
  hashTexts(): string;
  /** UTF-8 of the words, end to end, most frequent first. */
  wordBytes(): Uint8Array;
  wordEnds(): Uint32Array;
  /** [dimensions] what is learnt of the word of this number so far; good until the next call. */
  vector(word: number): Float32Array;
  /** [words + sub-words, dimensions]; ends the training. */
  takeRows(): Float32Array;
}

/** Rows on their way, views of memory that are good until the next call: numbers and [rows, stride] of either matrix. */
export type NativePackets = [Uint32Array, Float32Array, Uint32Array, Float32Array];

/** What a trainer does that is one of several, as src/train/joint_training.h has it. */
export interface NativeJointTrainer {
  /** Before the texts: of their sentences only those of one share of so many are trained on. */
  keepShare(index: number, count: number): void;
  /** After open(). */
  openJoint(): Status;
  stretches(): number;
  trainStretch(): void;
  endStretches(): void;
  packChanges(owner: number): NativePackets;
  /** Room for packets, to be set before addChanges() or setRows(). */
  reservePackets(rows: number, outputRows: number): NativePackets;
  /** False if there are no such rows. */
  addChanges(): boolean;
  join(): NativePackets;
  setRows(): boolean;
}

export interface NativeWordTrainer extends NativeTrainer, NativeJointTrainer {
  /** [sub-words] the bucket of each row behind the words' ones. */
  buckets(): Uint32Array;
  /** [words + others] how often each word occurs, and room for the counts of others. */
  counts(others: number): Float64Array;
  /** Takes note of earlier texts, whose counts were added and set there. */
  addCounts(): Status;
  /** [words + sub-words, stride] as they are; may be set before the first step. */
  rows(): Float32Array;
  /** [words + others, stride] by which words are predicted; with a tree one less than the words. */
  outputRows(): Float32Array;
  /** [words + others, dimensions] the same; ends the training. */
  takeOutputRows(): Float32Array;
}

export interface NativeGloveTrainer extends NativeTrainer {
  /** Whether the next step counts pairs. */
  isCounting(): boolean;
}
