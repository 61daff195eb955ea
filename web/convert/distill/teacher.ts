// The model that a static one learns from: vectors of single tokens and of texts.
import { KinvecError } from "../../errors.ts";
import { Engine } from "../../native/engine.ts";
import type { Instance } from "../../native/instance.ts";
import { NATIVE_DTYPES, type NativeInfo, POOLING_FROM_MODEL } from "../../native/module.ts";
import type { OnShare } from "../share.ts";

/** Texts, or tokens, that the engine is given at once. */
const kBatch = 256;

export class Teacher {
  readonly #engine: Engine;
  readonly info: NativeInfo;
  /** Special tokens around a text. */
  readonly #before: Int32Array;
  readonly #after: Int32Array;

  /** Throws UNSUPPORTED_ARCHITECTURE for a model without layers. */
  constructor(instance: Instance, file: Uint8Array) {
    this.#engine = new Engine(instance);
    this.#engine.modelBlock.reserve(file.byteLength);
    this.#engine.modelBlock.write(0, file);
    this.#engine.load({ dtype: NATIVE_DTYPES.q8, pooling: POOLING_FROM_MODEL, verifyChecksum: true });
    this.info = this.#engine.info();
    if (this.info.layers === 0) {
      throw new KinvecError("UNSUPPORTED_ARCHITECTURE", "the model is a static one already");
    }
    const bare = this.#tokensOf("a", false);
    const whole = this.#tokensOf("a", true);
    const start = whole.indexOf(bare[0] as number);
    this.#before = whole.slice(0, start);
    this.#after = whole.slice(start + bare.length);
  }

  get width(): number {
    return this.info.hiddenSize;
  }

  /** Each token alone between the special tokens, pooled and not normalised. [tokens, width] */
  tokenVectors(tokens: readonly number[], onShare: OnShare): Promise<Float32Array> {
    return this.#embed(tokens.length, false, onShare, (start, end) =>
      this.#engine.takeIds(tokens.slice(start, end).map((token) => [...this.#before, token, ...this.#after])),
    );
  }

  /** Normalised vectors of texts. [texts, width] */
  textVectors(texts: readonly string[], onShare: OnShare): Promise<Float32Array> {
    return this.#embed(texts.length, true, onShare, (start, end) => this.#engine.tokenize(texts.slice(start, end)));
  }

  release(): void {
    this.#engine.release();
  }

  async #embed(
    count: number,
    normalize: boolean,
    onShare: OnShare,
    give: (start: number, end: number) => void,
  ): Promise<Float32Array> {
    const vectors = new Float32Array(count * this.width);
    for (let start = 0; start < count; start += kBatch) {
      const end = Math.min(start + kBatch, count);
      give(start, end);
      this.#engine.beginEmbed(0, normalize);
      for (let done = 0; done < end - start; ) {
        done = this.#engine.embedNext();
        await onShare((start + done) / count);
      }
      vectors.set(this.#engine.vectors(), start * this.width);
    }
    return vectors;
  }

  #tokensOf(text: string, addSpecialTokens: boolean): Int32Array {
    this.#engine.tokenize([text], { addSpecialTokens });
    return this.#engine.encoding().ids;
  }
}
