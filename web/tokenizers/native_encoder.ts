// A tokenizer inside the engine, in the caller's terms: strings in, typed arrays out, errors thrown. Texts are written
// straight into the engine's memory, and results read from it, since a call costs more than encoding a short text.
import { KinvecError } from "../errors.ts";
import type { Instance } from "../native/instance.ts";
import {
  ENCODING_TABLE,
  NATIVE_DIRECTIONS,
  NATIVE_STRATEGIES,
  type NativeModule,
  type NativeTokenizer,
  NO_TOKEN_LIMIT,
} from "../native/module.ts";
import { splitStrings, stringOf } from "../native/strings.ts";
import type { ResolvedOptions } from "./encode_options.ts";

/** Tokens and what is known of each, as copies. */
export interface NativeEncoding {
  ids: Int32Array;
  offsets: Int32Array; // [2n] start, end in UTF-16 units
  wordIds: Int32Array; // -1: none
  typeIds: Int32Array;
  specialTokensMask: Uint8Array;
}

/** What the engine takes: its offsets have 32 bits, and normalizers make texts longer. */
const kMostBytes = 2 ** 30;
const kTooLong = -1;

const encoder = new TextEncoder();

export class NativeEncoder {
  readonly instance: Instance;
  readonly vocabSize: number;
  /** How the file says that texts are cut. */
  readonly fileOptions: ResolvedOptions;
  readonly #tokenizer: NativeTokenizer;
  readonly #table: number; // in 32-bit numbers
  #options: ResolvedOptions | undefined;
  #overflow = false;

  /** Reads GGUF metadata. Throws MODEL_FORMAT, UNSUPPORTED_TOKENIZER, OUT_OF_MEMORY. */
  constructor(instance: Instance, file: Uint8Array) {
    this.instance = instance;
    const tokenizer = instance.run((native) => new native.Tokenizer());
    const pointer = instance.reserve(file.byteLength, () => tokenizer.reserveFile(file.byteLength));
    instance.run((native) => native.HEAPU8.set(file, pointer));
    instance.check(() => tokenizer.open());
    this.#tokenizer = tokenizer;
    this.#table = instance.run(() => tokenizer.encoding()) / 4;
    this.vocabSize = instance.run(() => tokenizer.vocabSize());
    const [maxTokens = 0, strategy = 0, side = 0, stride = 0] = instance.run((native) => {
      const start = tokenizer.truncation() / 4;
      return native.HEAPU32.slice(start, start + 4);
    });
    this.fileOptions = {
      addSpecialTokens: true,
      maxTokens: maxTokens === NO_TOKEN_LIMIT ? Number.POSITIVE_INFINITY : maxTokens,
      strategy: NATIVE_STRATEGIES[strategy] ?? "longest_first",
      direction: NATIVE_DIRECTIONS[side] ?? "right",
      stride,
    };
  }

  /**
   * Encodes a text, or a pair, and keeps the result until the next call. Answers the tokens before any cut.
   * Throws TEXT_TOO_LONG, INVALID_ARGUMENT, OUT_OF_MEMORY.
   */
  encode(text: string, pair: string | undefined, options: ResolvedOptions, overflow = false): number {
    this.#setOptions(options, overflow);
    const tokenizer = this.#tokenizer;
    // A UTF-16 unit takes at most three bytes.
    const bound = 3 * (text.length + (pair?.length ?? 0)) + 1;
    const start = this.instance.reserve(bound, () => tokenizer.reserveText(bound));
    const code = this.instance.run((native) => {
      const block = native.HEAPU8.subarray(start, start + bound);
      const first = encoder.encodeInto(text, block).written;
      const second = pair === undefined ? 0 : encoder.encodeInto(pair, block.subarray(first)).written;
      if (first + second >= kMostBytes) return kTooLong;
      return pair === undefined ? tokenizer.encode(first) : tokenizer.encodePair(first, second);
    });
    if (code === kTooLong) throw new KinvecError("TEXT_TOO_LONG", "the text has 1 GiB or more in UTF-8");
    if (code !== 0) this.instance.check(() => tokenizer.error());
    return this.instance.run((native) => native.HEAPU32[this.#table + ENCODING_TABLE.fullTokens] as number);
  }

  /** Ids of the text just encoded. */
  ids(): Int32Array {
    return this.instance.run((native) => this.#numbers(native, ENCODING_TABLE.ids, 1));
  }

  /** Everything of the text just encoded. */
  encoding(): NativeEncoding {
    return this.instance.run((native) => {
      const count = native.HEAPU32[this.#table + ENCODING_TABLE.tokens] as number;
      const mask = native.HEAPU32[this.#table + ENCODING_TABLE.specialTokensMask] as number;
      return {
        ids: this.#numbers(native, ENCODING_TABLE.ids, 1),
        offsets: this.#numbers(native, ENCODING_TABLE.offsets, 2),
        wordIds: this.#numbers(native, ENCODING_TABLE.wordIds, 1),
        typeIds: this.#numbers(native, ENCODING_TABLE.typeIds, 1),
        specialTokensMask: native.HEAPU8.slice(mask, mask + count),
      };
    });
  }

  /** The parts that were cut off the text just encoded, if it was encoded with them. */
  overflow(): NativeEncoding[] {
    const length = this.instance.run(() => this.#tokenizer.overflowSize());
    return Array.from({ length }, (_, i) => {
      this.instance.run(() => this.#tokenizer.showOverflow(i));
      return this.encoding();
    });
  }

  decode(ids: ArrayLike<number>, skipSpecialTokens: boolean): string {
    this.#writeIds(ids);
    return this.instance.run(() => stringOf(this.#tokenizer.decode(ids.length, skipSpecialTokens)));
  }

  /** The string of each id; empty for an id that has no token. */
  tokenStrings(ids: ArrayLike<number>): string[] {
    this.#writeIds(ids);
    return this.instance.run(() => {
      this.#tokenizer.findTokenStrings(ids.length);
      return splitStrings(this.#tokenizer.tokenBytes(), this.#tokenizer.tokenEnds());
    });
  }

  /** The id of a token, or -1. */
  id(token: string): number {
    return this.instance.run(() => this.#tokenizer.id(token));
  }

  /** A copy of `count` times as many numbers as there are tokens. */
  #numbers(native: NativeModule, place: number, count: number): Int32Array {
    const tokens = native.HEAPU32[this.#table + ENCODING_TABLE.tokens] as number;
    const start = (native.HEAPU32[this.#table + place] as number) / 4;
    return native.HEAP32.slice(start, start + count * tokens);
  }

  #writeIds(ids: ArrayLike<number>): void {
    const pointer = this.instance.reserve(4 * ids.length, () => this.#tokenizer.reserveIds(ids.length));
    this.instance.run((native) => native.HEAP32.set(ids, pointer / 4));
  }

  #setOptions(options: ResolvedOptions, overflow: boolean): void {
    // By identity: callers keep the object of an encoding's options.
    if (options === this.#options && overflow === this.#overflow) return;
    const { addSpecialTokens, maxTokens, strategy, direction, stride } = options;
    this.instance.run(() =>
      this.#tokenizer.setOptions(
        addSpecialTokens,
        Math.min(maxTokens, NO_TOKEN_LIMIT),
        NATIVE_STRATEGIES.indexOf(strategy),
        NATIVE_DIRECTIONS.indexOf(direction),
        stride,
        overflow,
      ),
    );
    this.#options = options;
    this.#overflow = overflow;
  }
}
