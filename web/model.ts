/// <reference lib="esnext.disposable" preserve="true" />
// A loaded model: the calls a user makes. Arguments are checked here, the work is done by the backend.
import { checkBoolean, checkInteger, checkOptions, checkText, checkTexts, checkWord } from "./arguments.ts";
import type { Backend, FixedInfo } from "./backend.ts";
import type {
  AttentionOptions,
  AttentionResult,
  EmbedOptions,
  EmbedResult,
  ModelInfo,
  TokenizeOptions,
  Tokens,
  TokenVectors,
} from "./types.ts";

/**
 * A text encoder, made by `load`. Calls may be made at any time without waiting: they are answered in order, or with
 * `workers` as soon as they are done. A call that works longer than a few milliseconds lets the event loop run between
 * chunks.
 */
export class Model {
  readonly #backend: Backend;
  readonly #info: FixedInfo;
  #warnedOfDimensions = false;

  /** @internal Use `load`. */
  constructor(backend: Backend, info: FixedInfo) {
    this.#backend = backend;
    this.#info = info;
  }

  /**
   * Turns texts into vectors. A text's vector has the same bits alone, in any batch, in any order and on any machine.
   * Texts longer than the model takes are cut, and said to be so in `truncated`; with `truncation: "chunk"` they are
   * taken in parts. An empty text has a vector as well:
   * that of the special tokens.
   *
   * @throws KinvecError INVALID_ARGUMENT, TEXT_TOO_LONG (with `truncation: "error"`; `at` is the text's index),
   *   ABORTED, DISPOSED, OUT_OF_MEMORY, ENGINE_LOST.
   *
   * @example
   * ```js
   * const { vectors } = await model.embed(["a red fox", "ein roter Fuchs"], { role: "document" });
   * vectors[0].length; // 384
   * ```
   */
  async embed(texts: string | readonly string[], options?: EmbedOptions): Promise<EmbedResult> {
    const { role, dimensions, normalize, truncation, signal, onProgress } = checkOptions(options);
    const given = checkTexts(texts);
    checkWord(role, "options.role", ["query", "document"]);
    checkWord(truncation, "options.truncation", ["end", "error", "chunk"]);
    checkBoolean(normalize, "options.normalize");
    checkInteger(dimensions, "options.dimensions", 1, this.#info.dimensions);
    this.#warnOfDimensions(dimensions);

    const prompt = (role && this.#info.prompts[role]) ?? "";
    const whole = prompt ? given.map((text) => prompt + text) : given;
    const job = {
      texts: whole,
      firstIndex: 0,
      dimensions: dimensions ?? this.#info.dimensions,
      normalize: normalize ?? this.#info.normalize,
      truncation: truncation ?? "end",
    };
    const onDone = onProgress && ((done: number) => onProgress({ done, total: whole.length }));
    return this.#backend.embed(job, signal, onDone);
  }

  /**
   * One vector per token: the encoder's last hidden state, special tokens included, before pooling and not normalised.
   *
   * @example
   * ```js
   * const { tokens, vectors } = await model.embedTokens("river bank");
   * ```
   */
  async embedTokens(text: string, options?: { signal?: AbortSignal | undefined }): Promise<TokenVectors> {
    const { signal } = checkOptions(options);
    return this.#backend.embedTokens(checkText(text), signal);
  }

  /**
   * Splits a text into the model's tokens, cut at the model's limit as `embed` would.
   *
   * @example
   * ```js
   * const { tokens, offsets } = await model.tokenize("unbelievable!");
   * ```
   */
  async tokenize(text: string, options?: TokenizeOptions): Promise<Tokens> {
    const { addSpecialTokens, signal } = checkOptions(options);
    checkBoolean(addSpecialTokens, "options.addSpecialTokens");
    return this.#backend.tokenize(checkText(text), addSpecialTokens ?? true, signal);
  }

  /**
   * The attention of every layer and head: `attention[layer][head][from][to]`, each row summing to 1.
   *
   * @example
   * ```js
   * const { tokens, attention } = await model.attention("the captain saved the pirate");
   * attention[5][0][1]; // how token 1 looks at all tokens, in the first head of layer 5
   * ```
   */
  async attention(text: string, options?: AttentionOptions): Promise<AttentionResult> {
    const { hiddenStates, signal } = checkOptions(options);
    checkBoolean(hiddenStates, "options.hiddenStates");
    return this.#backend.attention(checkText(text), hiddenStates ?? false, signal);
  }

  /** What the model is, and what it runs on. Throws DISPOSED after `dispose`. */
  info(): ModelInfo {
    return { ...structuredClone(this.#info), memoryBytes: this.#backend.memoryBytes };
  }

  /**
   * Gives up the engine and its memory, and ends the workers if there are any. Waiting and later calls reject with
   * DISPOSED; a second dispose does nothing.
   */
  dispose(): void {
    this.#backend.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #warnOfDimensions(dimensions: number | undefined): void {
    if (dimensions === undefined || dimensions === this.#info.dimensions || this.#warnedOfDimensions) return;
    const { matryoshka } = this.#info;
    if (matryoshka.includes(dimensions)) return;
    this.#warnedOfDimensions = true;
    const trained = matryoshka.length > 0 ? `trained only for ${matryoshka.join(", ")}` : "not trained for it";
    console.warn(`kinvec: vectors are shortened to ${dimensions} dimensions, but the model was ${trained}`);
  }
}
