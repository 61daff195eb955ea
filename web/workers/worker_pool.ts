// A model in several workers, each with an engine and a copy of the weights of its own. Whichever worker is free takes
// the call, or the share of a list, that has waited longest: a short call waits for one share, not for a whole list.
import { abortable, throwIfAborted } from "../abort.ts";
import type { Backend, EmbedJob, FixedInfo } from "../backend.ts";
import { disposedModel, KinvecError } from "../errors.ts";
import type { FillEvents } from "../fill_engine.ts";
import type { Instance } from "../native/instance.ts";
import type { OpenBody } from "../source/byte_source.ts";
import type { AttentionResult, EmbedResult, LoadOptions, Tokens, TokenVectors } from "../types.ts";
import type { WorkerHost } from "./host.ts";
import type { Answer, LoadOrder, Method } from "./protocol.ts";
import { shares } from "./shares.ts";
import { WorkerClient } from "./worker_client.ts";

interface Waiting {
  resolve(client: WorkerClient): void;
  reject(error: KinvecError): void;
}

export class WorkerPool implements Backend {
  readonly #clients: WorkerClient[] = [];
  #idle: WorkerClient[] = [];
  readonly #waiting: Waiting[] = [];
  #disposed = false;
  #maxTokens = 0;

  /** Starts workers, which load() brings to work. Throws FETCH_FAILED. */
  constructor(host: WorkerHost, count: number, url: URL | undefined) {
    try {
      for (let i = 0; i < count; i++) this.#clients.push(new WorkerClient(host, url));
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Loads the file in all workers while it arrives. */
  async load(
    { binary, module }: Instance,
    name: string,
    { chunks, length, exact }: OpenBody,
    { dtype, pooling, verifyChecksum, signal }: LoadOptions,
    { onBytes, onPrepared }: FillEvents,
  ): Promise<{ backend: Backend; info: FixedInfo }> {
    const order: LoadOrder = { binary, module, name, length, exact, options: { dtype, pooling, verifyChecksum } };
    const loads = Promise.all(this.#clients.map((client) => client.call("load", [order])));
    let failed = false;
    loads.catch(() => {
      failed = true;
    });
    const relay = async () => {
      let loaded = 0;
      for await (const chunk of chunks) {
        if (failed) return;
        await Promise.all(this.#clients.map((client) => client.write(chunk)));
        loaded += chunk.byteLength;
        onBytes?.(loaded, length);
      }
      for (const client of this.#clients) client.endOfFile();
      onPrepared?.(0);
    };
    const [[info]] = await abortable(Promise.all([loads, relay()]), signal);
    if (!info) throw lost();
    this.#idle = [...this.#clients];
    this.#maxTokens = info.maxTokens;
    return { backend: this, info: { ...info, workers: this.#clients.length } };
  }

  get memoryBytes(): number {
    this.#live();
    return this.#clients.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  }

  async embed(job: EmbedJob, signal?: AbortSignal, onDone?: (done: number) => void): Promise<EmbedResult> {
    this.#live();
    throwIfAborted(signal);
    const workers = Math.min(this.#clients.length, job.texts.length);
    const cut = shares(job.texts, workers, job.truncation === "chunk" ? Number.POSITIVE_INFINITY : this.#maxTokens);
    const parts: EmbedResult[] = []; // at the index of their first text
    let failure: { start: number; error: unknown } | undefined;
    let done = 0;

    const embedShares = async () => {
      for (const { start, texts } of cut) {
        try {
          parts[start] = await this.#run("embed", [{ ...job, texts, firstIndex: start }], signal);
          done += texts.length;
          onDone?.(done);
        } catch (error) {
          // The first text that fails is told, as one engine would: all shares before this one are running or done.
          if (!failure || start < failure.start) failure = { start, error };
          return; // which ends the cutting for all
        }
      }
    };
    await Promise.all(Array.from({ length: workers }, embedShares));
    if (failure) throw failure.error;
    return {
      vectors: parts.flatMap(({ vectors }) => vectors),
      tokenCounts: parts.flatMap(({ tokenCounts }) => tokenCounts),
      truncated: parts.flatMap(({ truncated }) => truncated),
      chunks: parts.flatMap(({ chunks }) => chunks),
      dimensions: job.dimensions,
    };
  }

  embedTokens(text: string, signal?: AbortSignal): Promise<TokenVectors> {
    return this.#run("embedTokens", [text], signal);
  }

  tokenize(text: string, addSpecialTokens: boolean, signal?: AbortSignal): Promise<Tokens> {
    return this.#run("tokenize", [text, addSpecialTokens], signal);
  }

  attention(text: string, hiddenStates: boolean, signal?: AbortSignal): Promise<AttentionResult> {
    return this.#run("attention", [text, hiddenStates], signal);
  }

  dispose(): void {
    this.#disposed = true;
    const error = disposedModel();
    for (const client of this.#clients) client.end(error);
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** Runs a call in the next worker that is free. Rejects as soon as the signal fires. */
  #run<M extends Method>(method: M, args: readonly unknown[], signal?: AbortSignal): Promise<Answer<M>> {
    return abortable(this.#runInTurn(method, args, signal), signal);
  }

  async #runInTurn<M extends Method>(method: M, args: readonly unknown[], signal?: AbortSignal): Promise<Answer<M>> {
    const client = await this.#take();
    try {
      throwIfAborted(signal);
      return await client.call(method, args, signal);
    } finally {
      this.#give(client);
    }
  }

  async #take(): Promise<WorkerClient> {
    this.#live();
    this.#idle = this.#idle.filter(({ ended }) => !ended);
    if (this.#isLost()) throw lost();
    return this.#idle.pop() ?? new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #give(client: WorkerClient): void {
    if (client.ended) {
      if (this.#isLost()) for (const { reject } of this.#waiting.splice(0)) reject(lost());
      return;
    }
    const next = this.#waiting.shift();
    if (next) next.resolve(client);
    else this.#idle.push(client);
  }

  #live(): void {
    if (this.#disposed) throw disposedModel();
  }

  #isLost(): boolean {
    return this.#clients.every(({ ended }) => ended);
  }
}

function lost(): KinvecError {
  return new KinvecError("ENGINE_LOST", "all workers stopped after earlier failures; load the model again");
}
