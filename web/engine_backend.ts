// An engine in this thread at work: calls queued one after another, long work cut into chunks.
import { throwIfAborted } from "./abort.ts";
import type { Backend, Embedded, EmbedJob, FixedInfo } from "./backend.ts";
import { batches } from "./batches.ts";
import { disposedModel, KinvecError } from "./errors.ts";
import type { Engine } from "./native/engine.ts";
import type { Platform } from "./platform/platform.ts";
import { CallQueue } from "./queue.ts";
import { nestAttention, nestHiddenStates, rows } from "./tensors.ts";
import type { AttentionResult, Tokens, TokenVectors } from "./types.ts";

export class EngineBackend implements Backend {
  readonly #platform: Pick<Platform, "yieldToEventLoop">;
  readonly #info: FixedInfo;
  readonly #queue = new CallQueue();
  #engine: Engine | undefined;

  constructor(platform: Pick<Platform, "yieldToEventLoop">, engine: Engine, info: FixedInfo) {
    this.#platform = platform;
    this.#engine = engine;
    this.#info = info;
  }

  get memoryBytes(): number {
    return this.#live().instance.memoryBytes;
  }

  async embed(job: EmbedJob, signal?: AbortSignal, onDone?: (done: number) => void): Promise<Embedded> {
    return this.#enqueue(async () => {
      const result: Embedded = {
        vectors: [],
        tokenCounts: [],
        truncated: [],
        chunks: [],
        dimensions: job.dimensions,
      };
      for (const batch of batches(job.texts)) {
        this.#countTokens(batch, job, result);
        await this.#embedBatch(batch.length, job, result, signal, onDone);
      }
      return result;
    }, signal);
  }

  async embedTokens(text: string, signal?: AbortSignal): Promise<TokenVectors> {
    return this.#enqueue(async () => {
      const tokens = this.#tokenize(text, true);
      const engine = this.#live();
      engine.trace(true, false);
      const states = engine.hiddenStates();
      const n = tokens.ids.length;
      const { hiddenSize } = this.#info;
      return { ...tokens, vectors: rows(states.slice(states.length - n * hiddenSize), n, hiddenSize) };
    }, signal);
  }

  async tokenize(text: string, addSpecialTokens: boolean, signal?: AbortSignal): Promise<Tokens> {
    return this.#enqueue(async () => this.#tokenize(text, addSpecialTokens), signal);
  }

  async attention(text: string, hiddenStates: boolean, signal?: AbortSignal): Promise<AttentionResult> {
    return this.#enqueue(async () => {
      const tokens = this.#tokenize(text, true);
      const engine = this.#live();
      engine.trace(hiddenStates, true);
      const n = tokens.ids.length;
      const { layers, heads, hiddenSize } = this.#info;
      return {
        ...tokens,
        attention: nestAttention(engine.attentions(), layers, heads, n),
        ...(hiddenStates && { hiddenStates: nestHiddenStates(engine.hiddenStates(), layers + 1, n, hiddenSize) }),
      };
    }, signal);
  }

  dispose(): void {
    this.#engine = undefined;
  }

  #enqueue<T>(job: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    this.#live();
    return this.#queue.run(job, signal);
  }

  #live(): Engine {
    if (!this.#engine) throw disposedModel();
    return this.#engine;
  }

  #tokenize(text: string, addSpecialTokens: boolean): Tokens {
    const engine = this.#live();
    engine.tokenize([text], { addSpecialTokens });
    const { ids, offsets, fullCount } = engine.encoding();
    return {
      ids,
      tokens: engine.tokenStrings(),
      offsets: Array.from(ids, (_, i) => [offsets[2 * i] ?? 0, offsets[2 * i + 1] ?? 0]),
      truncated: fullCount > ids.length,
    };
  }

  /** Tokenises a batch and appends its counts to the result. */
  #countTokens(batch: readonly string[], { firstIndex, truncation }: EmbedJob, result: Embedded): void {
    const engine = this.#live();
    engine.tokenize(batch, { windows: truncation === "chunk" });
    const windows = engine.windowsOfTexts();
    const used = engine.windowCounts();
    let window = 0;
    for (const [i, count] of engine.fullCounts().entries()) {
      const chunks = windows[i] ?? 1;
      const truncated = chunks === 1 && count > (used[window] ?? count);
      if (truncated && truncation === "error") {
        const at = firstIndex + result.truncated.length;
        const message = `texts[${at}] has ${count} tokens, but the model takes ${this.#info.maxTokens}`;
        throw new KinvecError("TEXT_TOO_LONG", message, { at });
      }
      result.tokenCounts.push(count);
      result.truncated.push(truncated);
      result.chunks.push(chunks);
      window += chunks;
    }
  }

  /** Embeds the batch just tokenised, chunk by chunk, and appends its vectors to the result. */
  async #embedBatch(
    count: number,
    { dimensions, normalize }: EmbedJob,
    result: Embedded,
    signal: AbortSignal | undefined,
    onDone: ((done: number) => void) | undefined,
  ): Promise<void> {
    const before = result.vectors.length;
    this.#live().beginEmbed(dimensions, normalize);
    for (let done = 0; done < count; ) {
      done = this.#live().embedNext();
      onDone?.(before + done);
      if (done < count) await this.#platform.yieldToEventLoop();
      throwIfAborted(signal);
    }
    for (const vector of this.#live().vectorRows(count, dimensions)) result.vectors.push(vector);
  }
}
