// A training of word vectors inside the engine, in the caller's terms.
import { splitStrings } from "../../native/strings.ts";
import type { WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeGloveTrainer, NativeWordsModule, NativeWordTrainer } from "../../native/words_module.ts";
import type { OutputLayer } from "../vectors/output_layer.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";
import { Continuation } from "./continuation.ts";
import { JointTrainer } from "./joint/joint_trainer.ts";
import type { TrainingPlan } from "./plan.ts";
import { readInto } from "./read_into.ts";
import { ResumableState } from "./resumable_state.ts";
import { TrainingView } from "./training_view.ts";

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
  #continuation: Continuation | undefined; // since it has begun, as the next
  #state: ResumableState | undefined;
  /** What is to be seen of it meanwhile. */
  readonly view = new TrainingView(this);

  constructor(instance: WasmInstance<NativeWordsModule>, plan: TrainingPlan) {
    this.#instance = instance;
    this.#trainer = instance.run((native) => new native[plan.trainer]());
    this.#plan = plan;
  }

  /** Before the texts: it trains on none of them, but takes part in a training by so many others. */
  watch(trainers: number): JointTrainer {
    return new JointTrainer(this.#instance, this.#trainer as NativeWordTrainer, { index: trainers, count: trainers });
  }

  /** Takes in texts: U+0000 follows each word, another each text. */
  read(texts: string): void {
    readInto(this.#instance, this.#trainer, texts);
  }

  /**
   * Begins to train on what was read, or goes on. Throws INVALID_ARGUMENT if there is no word, OUT_OF_MEMORY, and as
   * `ResumableState.restore`.
   *
   * @param isResumable whether there will be checkpoints
   */
  begin(isResumable: boolean): void {
    const { options, initial, resume, settings } = this.#plan;
    const trainer = this.#trainer;
    this.#instance.check(() => trainer.open(options));
    this.#continuation = this.#continue();
    if (isResumable || resume) this.#state = new ResumableState(this.#instance, trainer, settings, initial);
    if (resume) this.#state?.restore(resume);
    this.view.begin();
  }

  /** Words trained on before, where the training goes on. */
  get words(): number {
    return this.#instance.run(() => this.#trainer.wordsDone());
  }

  /** All that it takes to go on from here. Throws OUT_OF_MEMORY. */
  checkpoint(): Uint8Array<ArrayBuffer> {
    return (this.#state as ResumableState).save();
  }

  #continue(): Continuation {
    const { initial } = this.#plan;
    const trainer = this.#trainer;
    const { words, buckets } = this.#instance.run(() => ({
      words: splitStrings(trainer.wordBytes(), trainer.wordEnds()),
      buckets: "buckets" in trainer ? trainer.buckets() : new Uint32Array(),
    }));
    const continuation = new Continuation(initial, words, buckets);
    if (!("rows" in trainer) || initial.rows.length === 0) return continuation;
    if (initial.output) {
      this.#counts(trainer, continuation);
      this.#instance.check(() => trainer.addCounts());
    }
    const { rows, outputRows } = this.#instance.run(() => ({ rows: trainer.rows(), outputRows: trainer.outputRows() }));
    continuation.start(rows, outputRows);
    return continuation;
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
    const continuation = this.#continuation as Continuation;
    this.view.end();
    const architecture = this.#plan.kept;
    let output: OutputLayer | undefined;
    if (architecture && "counts" in trainer) {
      // The counts come first: they take memory, which may move the rows.
      const counts = this.#counts(trainer, continuation);
      output = { architecture, counts, rows: this.#instance.run(() => trainer.takeOutputRows()) };
    }
    return continuation.finish(
      this.#instance.run(() => trainer.takeRows()),
      output,
    );
  }

  /** Those of the texts and of earlier ones, `[trained words + others]` in the engine's memory. */
  #counts(trainer: NativeWordTrainer, continuation: Continuation): Float64Array {
    const counts = this.#instance.run(() => trainer.counts(continuation.others));
    continuation.addCounts(counts);
    return counts;
  }
}
