/// <reference lib="esnext.disposable" preserve="true" />
// A loaded model: the calls a user makes, queued one after another, with long work cut into chunks.
import { throwIfAborted } from "./abort.ts";
import { checkBoolean, checkInteger, checkOptions, checkText, checkTexts, checkWord } from "./arguments.ts";
import { batches } from "./batches.ts";
import { KinvecError } from "./errors.ts";
import type { Engine } from "./native/engine.ts";
import type { Platform } from "./platform/platform.ts";
import { CallQueue } from "./queue.ts";
import { nestAttention, nestHiddenStates, rows } from "./tensors.ts";
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
 * A text encoder, made by `load`. Calls may be made at any time without waiting: they are answered in order.
 * A call that works longer than a few milliseconds lets the event loop run between chunks.
 */
export class Model {
  readonly #platform: Platform;
  readonly #info: Omit<ModelInfo, "memoryBytes">;
  readonly #queue = new CallQueue();
  #engine: Engine | undefined;
  #warnedOfDimensions = false;

  /** @internal Use `load`. */
  constructor(platform: Platform, engine: Engine, info: Omit<ModelInfo, "memoryBytes">) {
    this.#platform = platform;
    this.#engine = engine;
    this.#info = info;
  }

  /**
   * Turns texts into vectors. A text's vector has the same bits alone, in any batch, in any order and on any machine.
   * Texts longer than the model takes are cut, and said to be so in `truncated`. An empty text has a vector as well:
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
    checkWord(truncation, "options.truncation", ["end", "error"]);
    checkBoolean(normalize, "options.normalize");
    checkInteger(dimensions, "options.dimensions", 1, this.#info.dimensions);
    this.#warnOfDimensions(dimensions);

    const prompt = (role && this.#info.prompts[role]) ?? "";
    const whole = prompt ? given.map((text) => prompt + text) : given;
    const length = dimensions ?? this.#info.dimensions;
    const result: EmbedResult = { vectors: [], tokenCounts: [], truncated: [], dimensions: length };
    return this.#enqueue(async () => {
      for (const batch of batches(whole)) {
        this.#countTokens(batch, truncation ?? "end", result);
        await this.#embedBatch(batch.length, length, normalize ?? this.#info.normalize, result, signal, (done) =>
          onProgress?.({ done, total: whole.length }),
        );
      }
      return result;
    }, signal);
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
    const given = checkText(text);
    return this.#enqueue(async () => {
      const tokens = this.#tokenize(given, true);
      const engine = this.#live();
      engine.trace(true, false);
      const states = engine.hiddenStates();
      const n = tokens.ids.length;
      const hiddenSize = this.#info.hiddenSize;
      return { ...tokens, vectors: rows(states.slice(states.length - n * hiddenSize), n, hiddenSize) };
    }, signal);
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
    const given = checkText(text);
    return this.#enqueue(async () => this.#tokenize(given, addSpecialTokens ?? true), signal);
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
    const given = checkText(text);
    return this.#enqueue(async () => {
      const tokens = this.#tokenize(given, true);
      const engine = this.#live();
      engine.trace(hiddenStates ?? false, true);
      const n = tokens.ids.length;
      const { layers, heads, hiddenSize } = this.#info;
      return {
        ...tokens,
        attention: nestAttention(engine.attentions(), layers, heads, n),
        ...(hiddenStates && { hiddenStates: nestHiddenStates(engine.hiddenStates(), layers + 1, n, hiddenSize) }),
      };
    }, signal);
  }

  /** What the model is, and what it runs on. Throws DISPOSED after `dispose`. */
  info(): ModelInfo {
    return { ...structuredClone(this.#info), memoryBytes: this.#live().instance.memoryBytes };
  }

  /**
   * Gives up the engine and its memory. Waiting and later calls reject with DISPOSED; a second dispose does nothing.
   */
  dispose(): void {
    this.#engine = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #enqueue<T>(job: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    this.#live();
    return this.#queue.run(job, signal);
  }

  #live(): Engine {
    if (!this.#engine) throw new KinvecError("DISPOSED", "the model was disposed; load it again");
    return this.#engine;
  }

  #tokenize(text: string, addSpecialTokens: boolean): Tokens {
    const engine = this.#live();
    engine.tokenize([text], addSpecialTokens);
    const { ids, offsets, fullCount } = engine.encoding();
    return {
      ids,
      tokens: engine.tokenStrings(),
      offsets: Array.from(ids, (_, i) => [offsets[2 * i] ?? 0, offsets[2 * i + 1] ?? 0]),
      truncated: fullCount > ids.length,
    };
  }

  /** Tokenises a batch and appends its counts to the result. */
  #countTokens(batch: readonly string[], truncation: "end" | "error", result: EmbedResult): void {
    const engine = this.#live();
    engine.tokenize(batch);
    const full = engine.fullCounts();
    for (const [i, used] of engine.counts().entries()) {
      const count = full[i] ?? used;
      if (count > used && truncation === "error") {
        const at = result.truncated.length;
        const message = `texts[${at}] has ${count} tokens, but the model takes ${this.#info.maxTokens}`;
        throw new KinvecError("TEXT_TOO_LONG", message, { at });
      }
      result.tokenCounts.push(count);
      result.truncated.push(count > used);
    }
  }

  /** Embeds the batch just tokenised, chunk by chunk, and appends its vectors to the result. */
  async #embedBatch(
    count: number,
    dimensions: number,
    normalize: boolean,
    result: EmbedResult,
    signal: AbortSignal | undefined,
    onDone: (done: number) => void,
  ): Promise<void> {
    const before = result.vectors.length;
    this.#live().beginEmbed(dimensions, normalize);
    for (let done = 0; done < count; ) {
      done = this.#live().embedNext();
      onDone(before + done);
      if (done < count) await this.#platform.yieldToEventLoop();
      throwIfAborted(signal);
    }
    for (const vector of rows(this.#live().vectors(), count, dimensions)) result.vectors.push(vector);
  }

  #warnOfDimensions(dimensions: number | undefined): void {
    if (dimensions === undefined || dimensions === this.#info.dimensions || this.#warnedOfDimensions) return;
    const { matryoshka } = this.#info;
    if (matryoshka.includes(dimensions)) return;
    this.#warnedOfDimensions = true;
    const trained = matryoshka.length > 0 ? `only for ${matryoshka.join(", ")}` : "not trained for it";
    console.warn(`kinvec: vectors are shortened to ${dimensions} dimensions, but the model was made ${trained}`);
  }
}
