// The state of a trainer between two steps: saved in a checkpoint, and set to that of one.
import { invalid } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import type { WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeTrainer, NativeWordsModule } from "../../native/words_module.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";
import { type Checkpoint, type CheckpointSettings, damaged, writeCheckpoint } from "./checkpoint.ts";
import { hashOfVectors } from "./hash_of_vectors.ts";

export class ResumableState {
  readonly #instance: WasmInstance<NativeWordsModule>;
  readonly #trainer: NativeTrainer;
  /** What the training starts from. */
  readonly #origin: Omit<CheckpointSettings, "state">;

  /** Of a trainer that has not taken a step, and what it goes on from. */
  constructor(
    instance: WasmInstance<NativeWordsModule>,
    trainer: NativeTrainer,
    options: CheckpointSettings["options"],
    initial: WordVectors,
  ) {
    this.#instance = instance;
    this.#trainer = trainer;
    const hashes = instance.run(() => ({ texts: trainer.hashTexts(), start: trainer.hashState() }));
    // The state has nothing of the words that are not trained.
    const start = initial.rows.length > 0 ? `${hashes.start} ${hashOfVectors(initial)}` : hashes.start;
    this.#origin = { options, ...hashes, start };
  }

  /** Throws OUT_OF_MEMORY. */
  save(): Uint8Array<ArrayBuffer> {
    const { state, pieces } = this.#instance.run(() => ({
      state: this.#trainer.hashState(),
      pieces: this.#trainer.state(), // last, since no memory may be taken while they are looked at
    }));
    return writeCheckpoint({ ...this.#origin, state }, pieces);
  }

  /** Throws INVALID_ARGUMENT for a checkpoint of another training, MODEL_HASH or MODEL_FORMAT for one that is damaged. */
  restore({ settings, state }: Checkpoint): void {
    if (settings.texts !== this.#origin.texts)
      throw invalid("texts are not those of the training in options.resume, or were not all read");
    if (settings.start !== this.#origin.start) {
      throw invalid("options.initial is not that of the training in options.resume");
    }
    const pieces = this.#instance.run(() => this.#trainer.state());
    if (state.length !== pieces.reduce((sum, piece) => sum + piece.length, 0)) throw damaged();
    let at = 0;
    for (const piece of pieces) {
      piece.set(state.subarray(at, at + piece.length));
      at += piece.length;
    }
    const { hash, isSound } = this.#instance.run(() => ({
      hash: this.#trainer.hashState(),
      isSound: this.#trainer.isSound(),
    }));
    if (hash !== settings.state) throw damaged();
    if (!isSound) throw new KinvecError("MODEL_FORMAT", "options.resume has a state that no training has");
  }
}
