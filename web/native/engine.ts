// The engine with a model in it, in the caller's terms: texts in, typed arrays out, errors thrown. It knows nothing
// of queues, options objects or where a model came from.
import type { FileBlock } from "../source/receive.ts";
import { rows } from "../tensors.ts";
import type { BinaryName } from "../types.ts";
import type { Instance } from "./instance.ts";
import type { NativeEngine, NativeInfo, NativeLoadOptions } from "./module.ts";
import { splitStrings } from "./strings.ts";

const encoder = new TextEncoder();
const kLimitOfModel = 0;

/** Tokens of one text. */
export interface Encoding {
  ids: Int32Array;
  offsets: Int32Array; // [2n] start, end in UTF-16 units
  /** Tokens before truncation. */
  fullCount: number;
}

export class Engine {
  readonly instance: Instance;
  readonly #engine: NativeEngine;
  #blockPointer = 0;

  constructor(instance: Instance) {
    this.instance = instance;
    this.#engine = instance.run((native) => new native.Engine());
  }

  get binary(): BinaryName {
    return this.instance.binary;
  }

  /** Where the model file is to be written before load(). */
  readonly modelBlock: FileBlock = {
    reserve: (bytes) => {
      this.#blockPointer = this.instance.reserve(bytes, () => this.#engine.reserveModel(bytes));
    },
    write: (offset, bytes) =>
      this.instance.run((native) => {
        native.HEAPU8.set(bytes, this.#blockPointer + offset);
        this.#engine.modelArrived(offset + bytes.byteLength);
      }),
    copy: (bytes) => this.instance.run((native) => native.HEAPU8.slice(this.#blockPointer, this.#blockPointer + bytes)),
  };

  /** Reads the file in the block; then the engine answers. */
  load(options: NativeLoadOptions): void {
    this.instance.check(() => this.#engine.loadModel(options));
  }

  info(): NativeInfo {
    return this.instance.run(() => this.#engine.info());
  }

  /** Tokenises `texts` and keeps the result for embedding, each in as many windows as it needs or cut after the first. */
  tokenize(texts: readonly string[], { addSpecialTokens = true, windows = false } = {}): void {
    this.#writeTexts(texts);
    this.instance.check(() => this.#engine.tokenize(addSpecialTokens, kLimitOfModel, windows));
  }

  /** Takes token ids as they are, special tokens included, in place of texts to tokenise. */
  takeIds(texts: readonly ArrayLike<number>[]): void {
    const total = texts.reduce((sum, { length }) => sum + length, 0);
    const start = this.instance.reserve(4 * total, () => this.#engine.reserveTexts(4 * total, texts.length));
    this.instance.run((native) => {
      const ends = this.#engine.textEnds();
      let end = 0;
      for (const [index, ids] of texts.entries()) {
        native.HEAP32.set(ids, start / 4 + end);
        end += ids.length;
        ends[index] = end;
      }
    });
    this.instance.check(() => this.#engine.takeIds());
  }

  /** Tokens of each text before truncation. */
  fullCounts(): Uint32Array {
    return this.instance.run(() => this.#engine.fullTokenCounts().slice());
  }

  /** Tokens in each window. */
  windowCounts(): Uint32Array {
    return differences(this.instance.run(() => this.#engine.windowOffsets()));
  }

  /** Windows of each text. */
  windowsOfTexts(): Uint32Array {
    return differences(this.instance.run(() => this.#engine.textWindows()));
  }

  /** The tokens of a single text just tokenised. */
  encoding(): Encoding {
    return this.instance.run(() => ({
      ids: this.#engine.ids().slice(),
      offsets: this.#engine.tokenOffsets().slice(),
      fullCount: this.#engine.fullTokenCounts()[0] ?? 0,
    }));
  }

  /** The vocabulary's form of the tokens of all texts, end to end. */
  tokenStrings(): string[] {
    return this.instance.run(() => {
      this.#engine.findTokenStrings();
      return splitStrings(this.#engine.tokenBytes(), this.#engine.tokenEnds());
    });
  }

  beginEmbed(dimensions: number, normalize: boolean): void {
    this.instance.check(() => this.#engine.beginEmbed(dimensions, normalize));
  }

  /** Embeds the next chunk; answers how many texts are done. */
  embedNext(): number {
    return this.#done(this.instance.run(() => this.#engine.embedNext()));
  }

  /** The vector of each text, in a buffer of its own. */
  vectorRows(count: number, dimensions: number): Float32Array[] {
    return this.instance.run(() => rows(this.#engine.vectors(), count, dimensions));
  }

  /** Vectors of all texts, end to end. [count, dimensions] */
  vectors(): Float32Array {
    return this.instance.run(() => this.#engine.vectors().slice());
  }

  /** Runs the encoder over the single text just tokenised, keeping what is asked. */
  trace(wantHidden: boolean, wantAttention: boolean): void {
    this.instance.check(() => this.#engine.trace(0, wantHidden, wantAttention));
  }

  /** [layers + 1, n, hidden] */
  hiddenStates(): Float32Array {
    return this.instance.run(() => this.#engine.hiddenStates().slice());
  }

  /** [layers, heads, n, n] */
  attentions(): Float32Array {
    return this.instance.run(() => this.#engine.attentions().slice());
  }

  beginCalibration(): void {
    this.instance.check(() => this.#engine.beginCalibration());
  }

  calibrateNext(): number {
    return this.#done(this.instance.run(() => this.#engine.calibrateNext()));
  }

  beginMoments(firstLayer: number, layers: number): void {
    this.instance.check(() => this.#engine.beginMoments(firstLayer, layers));
  }

  /** [5, layers, (hidden | hidden | hidden | intermediate)], as NativeEngine.calibratedInputs says. */
  calibratedInputs(): Float32Array {
    return this.instance.run(() => this.#engine.calibratedInputs().slice());
  }

  /** [layers, (hidden^2 | hidden^2 | hidden^2 | intermediate^2)], as NativeEngine.calibratedMoments says. */
  calibratedMoments(): Float32Array {
    return this.instance.run(() => this.#engine.calibratedMoments().slice());
  }

  /** Gives the engine's memory back to the instance. */
  release(): void {
    this.instance.run(() => this.#engine.delete());
  }

  #done(answer: number): number {
    if (answer < 0) this.instance.check(() => this.#engine.embedError());
    return answer;
  }

  // Strings go in as UTF-8 by the platform's own encoder, which reads a lone surrogate as U+FFFD.
  #writeTexts(texts: readonly string[]): void {
    // A UTF-16 unit takes at most three bytes.
    const bound = texts.reduce((sum, text) => sum + 3 * text.length, 1);
    const start = this.instance.reserve(bound, () => this.#engine.reserveTexts(bound, texts.length));
    this.instance.run((native) => {
      const block = native.HEAPU8.subarray(start, start + bound);
      const ends = this.#engine.textEnds();
      let end = 0;
      for (const [index, text] of texts.entries()) {
        end += encoder.encodeInto(text, block.subarray(end)).written;
        ends[index] = end;
      }
    });
  }
}

function differences(ends: Uint32Array): Uint32Array {
  return Uint32Array.from({ length: ends.length - 1 }, (_, i) => (ends[i + 1] ?? 0) - (ends[i] ?? 0));
}
