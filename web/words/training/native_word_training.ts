// A training of word vectors inside the engine, in the caller's terms.
import { KinvecError } from "../../errors.ts";
import { splitStrings } from "../../native/strings.ts";
import type { WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeWordsModule, NativeWordTrainer, NativeWordTrainerOptions } from "../../native/words_module.ts";
import { WordVectors } from "../vectors/word_vectors.ts";

const encoder = new TextEncoder();

/** How far a training is. */
export interface TrainingState {
  isDone: boolean;
  /** Words trained on, all epochs together. */
  words: number;
  /** How many there are. */
  total: number;
  /** Mean loss of a prediction in the last step. */
  loss: number;
}

export class NativeWordTraining {
  readonly #instance: WasmInstance<NativeWordsModule>;
  readonly #trainer: NativeWordTrainer;
  readonly #options: NativeWordTrainerOptions;

  constructor(instance: WasmInstance<NativeWordsModule>, options: NativeWordTrainerOptions) {
    this.#instance = instance;
    this.#trainer = instance.run((native) => new native.WordTrainer());
    this.#options = options;
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
    this.#instance.check(() => this.#trainer.open(this.#options));
  }

  /** Trains on so many words more, and on the rest of a sentence. */
  step(words: number): TrainingState {
    const trainer = this.#trainer;
    return this.#instance.run(() => ({
      isDone: trainer.step(words),
      words: trainer.wordsDone(),
      total: trainer.wordsTotal(),
      loss: trainer.takeLoss(),
    }));
  }

  /** What has been learnt. The training is over with it. Throws OUT_OF_MEMORY. */
  vectors(): WordVectors {
    const trainer = this.#trainer;
    const { dimensions, minn, maxn, buckets } = this.#options;
    const { words, kept, rows } = this.#instance.run(() => ({
      words: splitStrings(trainer.wordBytes(), trainer.wordEnds()),
      kept: new Map(Array.from(trainer.buckets(), (bucket, row) => [bucket, row])),
      rows: trainer.takeRows(),
    }));
    const subwords = buckets > 0 ? { minn, maxn, buckets, kept } : undefined;
    return new WordVectors(words, copyOf(rows), dimensions, subwords);
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
