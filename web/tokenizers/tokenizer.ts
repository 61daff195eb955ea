/// <reference lib="esnext.disposable" preserve="true" />
// A loaded or trained tokenizer: the calls a user makes, all of them answered at once.

import { checkBoolean, checkInteger, checkOptions, checkText, invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { type ResolvedOptions, resolveOptions } from "./encode_options.ts";
import { Encoding } from "./encoding.ts";
import { jsonOfMetadata } from "./flat_form/to_json.ts";
import { readMetadata } from "./gguf_header.ts";
import { infoOf } from "./info.ts";
import type { NativeEncoder, NativeEncoding } from "./native_encoder.ts";
import type { DecodeOptions, EncodeOptions, TokenizerInfo, TokenizerJson } from "./types.ts";

const kMostId = 2 ** 31 - 1;

/** Made by `loadTokenizer` and `trainTokenizer`. All its methods answer at once. */
export class Tokenizer {
  /** Ids are below this. Not every id need have a token. */
  readonly vocabSize: number;
  readonly #file: Uint8Array; // GGUF metadata
  readonly #strings: (string | undefined)[] = []; // by id, those that were asked for
  #encoder: NativeEncoder | undefined;

  /** @internal Use `loadTokenizer` or `trainTokenizer`. */
  constructor(encoder: NativeEncoder, file: Uint8Array) {
    this.vocabSize = encoder.vocabSize;
    this.#encoder = encoder;
    this.#file = file;
  }

  /**
   * Splits a text, or a pair of texts, into tokens. A text of more tokens than allowed is cut, and said to be so.
   *
   * @throws KinvecError INVALID_ARGUMENT, TEXT_TOO_LONG where the text that may be cut has too few tokens to lose,
   *   DISPOSED, OUT_OF_MEMORY, ENGINE_LOST.
   *
   * @example
   * ```js
   * const { tokens, offsets } = tokenizer.encode("unbelievable!");
   * const { typeIds } = tokenizer.encode("Who wrote it?", { pair: "She did.", maxTokens: 128 });
   * ```
   */
  encode(text: string, options?: EncodeOptions): Encoding {
    const encoder = this.#live();
    return this.#encode(checkText(text), pairOf(options), resolveOptions(options, encoder.fileOptions));
  }

  /**
   * Splits many texts; a pair of texts is an array of two.
   *
   * @example
   * ```js
   * const [first, second] = tokenizer.encodeBatch(["one text", ["a question", "an answer"]]);
   * ```
   */
  encodeBatch(
    texts: readonly (string | readonly [text: string, pair: string])[],
    options?: Omit<EncodeOptions, "pair">,
  ): Encoding[] {
    const encoder = this.#live();
    if (!Array.isArray(texts)) throw invalid(`texts must be an array, not ${typeName(texts)}`);
    if (pairOf(options) !== undefined) throw invalid("options.pair belongs to one text; give pairs as arrays of two");
    const resolved = resolveOptions(options, encoder.fileOptions);
    const pairs = texts.map(checkItem);
    return pairs.map(([text, pair]) => this.#encode(text, pair, resolved));
  }

  /**
   * The ids alone, which is the fastest.
   *
   * @example
   * ```js
   * tokenizer.encodeIds("unbelievable!"); // Int32Array
   * ```
   */
  encodeIds(text: string, options?: EncodeOptions): Int32Array {
    const encoder = this.#live();
    encoder.encode(checkText(text), pairOf(options), resolveOptions(options, encoder.fileOptions));
    return encoder.ids();
  }

  /**
   * The text of token ids. Ids that have no token are passed over.
   *
   * @example
   * ```js
   * tokenizer.decode(tokenizer.encodeIds("hello world")); // "hello world"
   * ```
   */
  decode(ids: Int32Array | Uint32Array | readonly number[], options?: DecodeOptions): string {
    const { skipSpecialTokens } = checkOptions(options);
    checkBoolean(skipSpecialTokens, "options.skipSpecialTokens");
    return this.#live().decode(checkIds(ids), skipSpecialTokens ?? true);
  }

  /** The token of an id, or undefined. */
  token(id: number): string | undefined {
    if (id === undefined) throw invalid("id is missing");
    checkInteger(id, "id", 0, kMostId);
    return this.#stringsOf([id])[0] || undefined;
  }

  /** The id of a token, or undefined. */
  id(token: string): number | undefined {
    if (typeof token !== "string") throw invalid(`token must be a string, not ${typeName(token)}`);
    const id = this.#live().id(token);
    return id < 0 ? undefined : id;
  }

  /** What the tokenizer is, and what it runs on. */
  info(): TokenizerInfo {
    return infoOf(this.#file, this.#live());
  }

  /**
   * The tokenizer as a tokenizer.json, which `loadTokenizer` and the reference library load with equal answers. Padding
   * is not kept.
   *
   * @throws KinvecError UNSUPPORTED_TOKENIZER for a vocabulary in llama.cpp's form, DISPOSED.
   *
   * @example
   * ```js
   * await writeFile("tokenizer.json", JSON.stringify(tokenizer));
   * ```
   */
  toJSON(): TokenizerJson {
    this.#live();
    return jsonOfMetadata(readMetadata(this.#file));
  }

  /** Gives up the engine and its memory. Later calls throw DISPOSED; a second dispose does nothing. */
  dispose(): void {
    this.#encoder = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #live(): NativeEncoder {
    if (!this.#encoder) throw new KinvecError("DISPOSED", "the tokenizer was disposed; load it again");
    return this.#encoder;
  }

  #encode(text: string, pair: string | undefined, options: ResolvedOptions): Encoding {
    const encoder = this.#live();
    const count = encoder.encode(text, pair, options);
    const make = (native: NativeEncoding, tokenCount: number, overflow: () => Encoding[]) =>
      new Encoding(native, tokenCount, { strings: (ids) => this.#stringsOf(ids), overflow });
    return make(encoder.encoding(), count, () => {
      const again = this.#live();
      again.encode(text, pair, options, true);
      // A part stands for itself: nothing was cut off it.
      return again.overflow().map((part) => make(part, part.ids.length, () => []));
    });
  }

  #stringsOf(ids: ArrayLike<number>): string[] {
    const encoder = this.#live();
    const missing = Array.from(ids).filter((id) => this.#strings[id] === undefined);
    if (missing.length > 0) {
      const found = encoder.tokenStrings(missing);
      for (const [i, id] of missing.entries()) this.#strings[id] = found[i] ?? "";
    }
    return Array.from(ids, (id) => this.#strings[id] ?? "");
  }
}

function pairOf(options: EncodeOptions | undefined): string | undefined {
  const pair = options?.pair;
  if (pair === undefined || typeof pair === "string") return pair;
  throw invalid(`options.pair must be a string, not ${typeName(pair)}`);
}

function checkItem(item: unknown, index: number): readonly [text: string, pair: string | undefined] {
  if (typeof item === "string") return [item, undefined];
  if (Array.isArray(item) && item.length === 2 && item.every((text) => typeof text === "string")) {
    return [item[0] as string, item[1] as string];
  }
  throw invalid(`texts[${index}] must be a string or two of them, not ${typeName(item)}`, index);
}

function checkIds(ids: Int32Array | Uint32Array | readonly number[]): ArrayLike<number> {
  if (isA(ids, "Int32Array", "Uint32Array")) return ids;
  if (!Array.isArray(ids)) throw invalid(`ids must be an Int32Array or an array of numbers, not ${typeName(ids)}`);
  const bad = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id > kMostId);
  if (bad >= 0) throw invalid(`ids[${bad}] must be an integer from 0 to ${kMostId}, not ${String(ids[bad])}`, bad);
  return ids;
}
