// A training of word vectors inside the engine, in the caller's terms.
import { splitStrings } from "../../native/strings.ts";
import type { WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeGloveTrainer, NativeWordsModule, NativeWordTrainer } from "../../native/words_module.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";
import { Continuation } from "./continuation.ts";
import type { TrainingPlan } from "./plan.ts";

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
  #continuation: Continuation | undefined; // since it has begun

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
    const { initial, options } = this.#plan;
    const trainer = this.#trainer;
    this.#instance.check(() => trainer.open(options));
    const { words, buckets } = this.#instance.run(() => ({
      words: splitStrings(trainer.wordBytes(), trainer.wordEnds()),
      buckets: "buckets" in trainer ? trainer.buckets() : new Uint32Array(),
    }));
    const continuation = new Continuation(initial, words, buckets);
    this.#continuation = continuation;
    if (!("rows" in trainer) || initial.words.length === 0) return;
    if (initial.output) {
      this.#counts(trainer, continuation);
      this.#instance.check(() => trainer.addCounts());
    }
    const { rows, outputRows } = this.#instance.run(() => ({ rows: trainer.rows(), outputRows: trainer.outputRows() }));
    continuation.start(rows, outputRows);
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

  /** What has been learnt. The training is over with it. Throws OUT_OF_MEMORY. */
  vectors(): WordVectors {
    const trainer = this.#trainer;
    const continuation = this.#continuation as Continuation;
    const rows = this.#instance.run(() => trainer.takeRows());
    const architecture = this.#plan.kept;
    if (!architecture || !("counts" in trainer)) return continuation.finish(rows, undefined);
    const counts = this.#counts(trainer, continuation);
    const outputRows = this.#instance.run(() => trainer.takeOutputRows());
    return continuation.finish(rows, { architecture, counts, rows: outputRows });
  }

  /** Those of the texts and of earlier ones, `[trained words + others]` in the engine's memory. */
  #counts(trainer: NativeWordTrainer, continuation: Continuation): Float64Array {
    const counts = this.#instance.run(() => trainer.counts(continuation.others));
    continuation.addCounts(counts);
    return counts;
  }
}
