// The messages between a pool and its workers. A worker answers one call at a time; the chunks of a model file come
// while it is in the call `load`.
import type { Backend, FixedInfo } from "../backend.ts";
import { KinvecError } from "../errors.ts";
import type { BinaryName, LoadOptions } from "../types.ts";

/** What a worker needs to load a model, besides the chunks of its file. */
export interface LoadOrder {
  binary: BinaryName;
  /** Compiled once, by the pool. */
  module: WebAssembly.Module;
  /** Of the file, for messages. */
  name: string;
  /** As of an OpenBody. */
  length: number | undefined;
  exact: boolean;
  options: Pick<LoadOptions, "dtype" | "pooling" | "verifyChecksum">;
}

/** What a worker can be asked to do, by name; a signal that these take is left behind. */
export interface WorkerCalls extends Pick<Backend, "embed" | "embedTokens" | "tokenize" | "attention"> {
  load(order: LoadOrder): Promise<FixedInfo>;
}
export type Method = keyof WorkerCalls;
export type Answer<M extends Method> = AnswerOf<WorkerCalls, M>;

/** What a worker answers, of whatever calls it takes. */
export type AnswerOf<Calls, M extends keyof Calls> = Calls[M] extends (...args: never) => infer Result
  ? Awaited<Result>
  : never;

export type ToWorker =
  | { type: "call"; method: string; args: readonly unknown[] }
  /** The next piece of the file; none ends it. Not a view: worker threads of Deno look at every byte of those. */
  | { type: "chunk"; buffer?: ArrayBuffer }
  /** Aborts the call that is running, if it still is. */
  | { type: "abort" };

export type FromWorker =
  /** Bytes of chunks that have been moved into place. */
  | { type: "taken"; bytes: number }
  | { type: "answer"; answer: unknown; memoryBytes: number }
  | { type: "error"; error: PlainError; memoryBytes: number };

/** Whether it is a message from a worker of this package: a script of another kind may send anything. */
export function isFromWorker(message: unknown): message is FromWorker {
  const { type, error } = (message ?? {}) as { type?: unknown; error?: unknown };
  return type === "taken" || type === "answer" || (type === "error" && typeof error === "object" && error !== null);
}

/** A KinvecError as a message can carry it. */
export interface PlainError extends Pick<KinvecError, "code" | "message"> {
  at: number | undefined;
}

export function toPlain(error: unknown): PlainError {
  if (!(error instanceof KinvecError)) return { code: "ENGINE_LOST", message: String(error), at: undefined };
  const { code, message, at } = error;
  return { code, message, at };
}

export function fromPlain({ code, message, at }: PlainError): KinvecError {
  return new KinvecError(code, message, { at });
}
