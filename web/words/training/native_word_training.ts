// A training of word vectors inside the engine, in the caller's terms.
import { KinvecError } from "../../errors.ts";
import { splitStrings } from "../../native/strings.ts";
import type { WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeGloveTrainer, NativeWordsModule, NativeWordTrainer } from "../../native/words_module.ts";
import type { SubwordSettings } from "../vectors/subwords.ts";
import { WordVectors } from "../vectors/word_vectors.ts";
import type { TrainingPlan } from "./plan.ts";
import { TrainingView } from "./training_view.ts";

const encoder = new TextEncoder();

/** How far a training is. */
export interface TrainingState {
  isDone: boolean;
  /** What the last step did. */
  stage: "count" | "train";
  /** Words trained on, all epochs together. */
  words: number;
  /** Of the whole work, 0 to 1. */
  share: number;
  /** Mean loss of a prediction in the last step. */
  loss: number;
}

export class NativeWordTraining {
  readonly #instance: WasmInstance<NativeWordsModule>;
  readonly #trainer: NativeWordTrainer | NativeGloveTrainer;
  readonly #plan: TrainingPlan;
  /** What is to be seen of it meanwhile. */
  readonly view = new TrainingView(this);

  constructor(instance: WasmInstance<NativeWordsModule>, plan: TrainingPlan) {
    this.#instance = instance;
    this.#trainer = instance.run((native) => new native[plan.trainer]());
    this.#plan = plan;
  }

  /** Takes in texts: U+0000 follows each word, another each text. */
  read(texts: string): void {
    const bound = 3 * texts.length; // a UTF-16 unit takes at most three bytes
    const start = this.#instance.reserve(bound, () => this.#trainer.reserveTexts(bound));
    const block = this.#instance.run((native) => native.HEAPU8.subarray(start, start + bound));
    const { written } = encoder.encodeInto(texts, block);
    this.#instance.check(() => this.#trainer.addTexts(written));
  }

  /** Begins to train on what was read. Throws INVALID_ARGUMENT if there is no word, OUT_OF_MEMORY. */
  begin(): void {
    this.#instance.check(() => this.#trainer.open(this.#plan.options));
    this.view.begin();
  }

  /** Trains on so many words more, and on the rest of a sentence; GloVe on pairs of words, or it counts them. */
  step(size: number): TrainingState {
    const trainer = this.#trainer;
    return this.#instance.run(() => ({
      stage: "isCounting" in trainer && trainer.isCounting() ? "count" : "train",
      isDone: trainer.step(size),
      words: trainer.wordsDone(),
      share: trainer.shareDone(),
      loss: trainer.takeLoss(),
    }));
  }

  /** The words of the vocabulary, once the training has begun. */
  vocabulary(): string[] {
    return this.#instance.run(() => splitStrings(this.#trainer.wordBytes(), this.#trainer.wordEnds()));
  }

  /** The vector, so far, of the word of this number. */
  vector(word: number): Float32Array {
    return this.#instance.run(() => this.#trainer.vector(word).slice());
  }

  /** What has been learnt. The training is over with it. Throws OUT_OF_MEMORY. */
  vectors(): WordVectors {
    const trainer = this.#trainer;
    const { words, rows, subwords } = this.#instance.run(() => ({
      words: splitStrings(trainer.wordBytes(), trainer.wordEnds()),
      subwords: "buckets" in trainer ? this.#subwords(trainer.buckets()) : undefined,
      rows: trainer.takeRows(),
    }));
    return new WordVectors(words, copyOf(rows), this.#plan.options.dimensions, subwords);
  }

  /** `rows`: [sub-words] the bucket of each row. */
  #subwords(rows: Uint32Array): SubwordSettings | undefined {
    const { options } = this.#plan;
    if (!("buckets" in options) || options.buckets === 0) return undefined;
    const { minn, maxn, buckets } = options;
    return { minn, maxn, buckets, kept: new Map(Array.from(rows, (bucket, row) => [bucket, row])) };
  }
}

function copyOf(rows: Float32Array): Float32Array {
  try {
    return rows.slice();
  } catch (cause) {
    const message = `there is no memory for a copy of the vectors, ${rows.byteLength} bytes`;
    throw new KinvecError("OUT_OF_MEMORY", message, { cause });
  }
}
