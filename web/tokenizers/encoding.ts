// The tokens of one text. What has to be made from the engine's arrays is made when it is first asked for, so that
// those who want only ids pay for nothing else.
import type { NativeEncoding } from "./native_encoder.ts";

/** What an encoding needs of its tokenizer later on. */
export interface EncodingContext {
  strings(ids: Int32Array): string[];
  overflow(): Encoding[];
}

/** Tokens of one text, or of a pair, made by `encode`. All lists have one item per token. */
export class Encoding {
  /** Token ids. */
  readonly ids: Int32Array;
  /** Which text a token belongs to, as the model was trained to be told; 0 where there is one text. */
  readonly typeIds: Int32Array;
  /** 1 for the special tokens that were put around the texts, 0 for tokens of the texts. */
  readonly specialTokensMask: Uint8Array;
  /** Tokens of the whole text, special ones included, before any cut. */
  readonly tokenCount: number;
  readonly #native: NativeEncoding;
  readonly #context: EncodingContext;
  #tokens: string[] | undefined;
  #offsets: [start: number, end: number][] | undefined;
  #wordIds: (number | null)[] | undefined;
  #overflow: Encoding[] | undefined;

  /** @internal Use `encode`. */
  constructor(native: NativeEncoding, tokenCount: number, context: EncodingContext) {
    this.ids = native.ids;
    this.typeIds = native.typeIds;
    this.specialTokensMask = native.specialTokensMask;
    this.tokenCount = tokenCount;
    this.#native = native;
    this.#context = context;
  }

  /** True where the text had more tokens than were allowed. */
  get truncated(): boolean {
    return this.tokenCount > this.ids.length;
  }

  /** Token strings as the vocabulary has them, for example `"##ing"`. */
  get tokens(): string[] {
    this.#tokens ??= this.#context.strings(this.ids);
    return this.#tokens;
  }

  /**
   * Start and end of each token in its text, in UTF-16 units: `text.slice(start, end)`. Special tokens: [0, 0]. Tokens of
   * a pair's second text count from its own start; `typeIds` or `specialTokensMask` tell them apart.
   */
  get offsets(): [start: number, end: number][] {
    const { offsets, ids } = this.#native;
    this.#offsets ??= Array.from(ids, (_, i) => [offsets[2 * i] as number, offsets[2 * i + 1] as number]);
    return this.#offsets;
  }

  /** Running number of each token's word in its text; null for special tokens. */
  get wordIds(): (number | null)[] {
    this.#wordIds ??= Array.from(this.#native.wordIds, (word) => (word < 0 ? null : word));
    return this.#wordIds;
  }

  /**
   * What was cut off, in parts of the same length, each with special tokens of its own; empty if nothing was. The text
   * is encoded once more for it, so it throws DISPOSED once the tokenizer is disposed.
   */
  get overflow(): Encoding[] {
    this.#overflow ??= this.truncated ? this.#context.overflow() : [];
    return this.#overflow;
  }

  /** Everything in plain arrays, without the overflow. */
  toJSON(): object {
    return {
      ids: [...this.ids],
      tokens: this.tokens,
      typeIds: [...this.typeIds],
      offsets: this.offsets,
      wordIds: this.wordIds,
      specialTokensMask: [...this.specialTokensMask],
      tokenCount: this.tokenCount,
      truncated: this.truncated,
    };
  }
}
