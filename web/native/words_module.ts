// Types of what bindings/words_binding.cpp exposes, name for name, as in web/native/module.ts.
import type { NativeMemory, Status } from "./module.ts";

export interface NativeWordsModule extends NativeMemory {
  WordTrainer: new () => NativeWordTrainer;
}

export interface NativeWordTrainerOptions {
  skipgram: boolean;
  hierarchicalSoftmax: boolean;
  negative: number;
  dimensions: number;
  window: number;
  minCount: number;
  maxWords: number;
  subsample: number;
  epochs: number;
  learningRate: number;
  minLearningRate: number;
  seed: number;
  /** 0: no sub-words. */
  buckets: number;
  minn: number;
  maxn: number;
}

export interface NativeWordTrainer {
  /** Block for UTF-8; 0 = out of memory. */
  reserveTexts(bytes: number): number;
  /** Adds the texts in so many bytes of the block: a NUL follows each word, another each text. */
  addTexts(bytes: number): Status;
  /** Makes the vocabulary and the matrices; after all texts. */
  open(options: NativeWordTrainerOptions): Status;
  /** Trains on so many words of the texts more; true once all is done. */
  step(words: number): boolean;
  /** Words trained on, all epochs together. */
  wordsDone(): number;
  wordsTotal(): number;
  /** Mean loss of a prediction since the last call. */
  takeLoss(): number;
  /** UTF-8 of the words, end to end, most frequent first. */
  wordBytes(): Uint8Array;
  wordEnds(): Uint32Array;
  /** [sub-words] the bucket of each row behind the words' ones. */
  buckets(): Uint32Array;
  /** [words + sub-words, dimensions]; ends the training. */
  takeRows(): Float32Array;
}
