// What does a model's work: an engine in this thread or a pool of workers. Arguments have been checked before.
import type { AttentionResult, EmbedResult, ModelInfo, Tokens, TokenVectors, Truncation } from "./types.ts";

/** All of a model's info but what changes as it works. */
export type FixedInfo = Omit<ModelInfo, "memoryBytes">;

export interface EmbedJob {
  texts: readonly string[];
  /** Index of the first text in the caller's list, for errors. */
  firstIndex: number;
  dimensions: number;
  normalize: boolean;
  truncation: Truncation;
}

/** The signal comes last, since it alone cannot be sent to a worker. */
export interface Backend {
  /** `onDone` is called with the number of texts done, which never falls. */
  embed(job: EmbedJob, signal?: AbortSignal, onDone?: (done: number) => void): Promise<EmbedResult>;
  embedTokens(text: string, signal?: AbortSignal): Promise<TokenVectors>;
  tokenize(text: string, addSpecialTokens: boolean, signal?: AbortSignal): Promise<Tokens>;
  attention(text: string, hiddenStates: boolean, signal?: AbortSignal): Promise<AttentionResult>;
  /** Bytes of WebAssembly memory. Throws DISPOSED after dispose(). */
  readonly memoryBytes: number;
  /** Waiting and later calls reject with DISPOSED; a second dispose does nothing. */
  dispose(): void;
}
