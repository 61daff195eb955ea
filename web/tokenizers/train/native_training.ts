// A training inside the engine, in the caller's terms.
import { GgufWriter } from "../../convert/gguf_writer.ts";
import { JsonObject } from "../../convert/json_file.ts";
import { splitStrings } from "../../native/strings.ts";
import type { NativeTrainer, NativeTrainerOptions, NativeTrainingModule } from "../../native/training_module.ts";
import type { WasmInstance } from "../../native/wasm_instance.ts";
import { writeStages } from "../flat_form/stages.ts";
import type { Stages } from "./plan.ts";
import type { TrainedVocabulary } from "./trained_json.ts";

const encoder = new TextEncoder();

export class NativeTraining {
  readonly #instance: WasmInstance<NativeTrainingModule>;
  readonly #trainer: NativeTrainer;

  /** Throws INVALID_ARGUMENT, MODEL_FORMAT or UNSUPPORTED_TOKENIZER for what cannot be trained with. */
  constructor(instance: WasmInstance<NativeTrainingModule>, stages: Stages, options: NativeTrainerOptions) {
    const metadata = new Map();
    writeStages(metadata, new JsonObject("options", stages));
    const { bytes } = new GgufWriter(metadata, []);
    this.#instance = instance;
    this.#trainer = instance.run((native) => new native.Trainer());
    const pointer = instance.reserve(bytes.byteLength, () => this.#trainer.reserveFile(bytes.byteLength));
    instance.run((native) => native.HEAPU8.set(bytes, pointer));
    instance.check(() => this.#trainer.open(options));
  }

  /** Counts the words of the texts. */
  read(texts: readonly string[]): void {
    const trainer = this.#trainer;
    // A UTF-16 unit takes at most three bytes.
    const bound = texts.reduce((sum, text) => sum + 3 * text.length, 1);
    const start = this.#instance.reserve(bound, () => trainer.reserveTexts(bound, texts.length));
    this.#instance.run((native) => {
      const block = native.HEAPU8.subarray(start, start + bound);
      const ends = trainer.textEnds();
      let end = 0;
      for (const [i, text] of texts.entries()) {
        end += encoder.encodeInto(text, block.subarray(end)).written;
        ends[i] = end;
      }
    });
    this.#instance.check(() => trainer.addTexts());
  }

  /** Does some tens of milliseconds of the training. Answers the share of it that is done, 1 at the end. */
  step(): number {
    return this.#instance.run(() => (this.#trainer.step() ? 1 : Math.min(this.#trainer.progress(), 0.999)));
  }

  vocabulary(): TrainedVocabulary {
    const trainer = this.#trainer;
    this.#instance.check(() => trainer.finish());
    return this.#instance.run(() => ({
      tokens: splitStrings(trainer.tokenBytes(), trainer.tokenEnds()),
      merges: trainer.merges().slice(),
      scores: trainer.scores().slice(),
      unknownId: trainer.unknownId(),
    }));
  }
}
