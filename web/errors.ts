// The one error type of the package and its closed list of codes, the same list as src/error.h.

/**
 * Every code a {@link KinvecError} may carry. The position in the list plus one is the number the engine uses
 * (`ErrorCode` in `src/error.h`; a test keeps the two equal).
 */
export const ERROR_CODES = [
  /** An argument has the wrong type or is out of range; the message names it. */
  "INVALID_ARGUMENT",
  /** The bytes are no model, index, collection, profile or other file that can be read; `at` is the byte offset where known. */
  "MODEL_FORMAT",
  /** The file is of a version this package does not know. */
  "MODEL_VERSION",
  /** The bytes do not match a checksum stored in the file: it is damaged. From `decrypt`: or the pass-phrase is wrong. */
  "MODEL_HASH",
  /** The model is of a kind that is not supported; the message names what stands in the way. */
  "UNSUPPORTED_ARCHITECTURE",
  /** A tensor has a type that cannot be read, or that does not allow what was asked. */
  "UNSUPPORTED_DTYPE",
  /** The tokenizer has a stage that is not supported; the message names it. */
  "UNSUPPORTED_TOKENIZER",
  /** The model does not say how token vectors become one vector; pass the option `pooling`. */
  "POOLING_UNKNOWN",
  /**
   * A text has more tokens than the model takes, and `truncation: "error"` was asked; `at` is its index. Or it has too
   * few to be cut as a tokenizer was told.
   */
  "TEXT_TOO_LONG",
  /** Two vectors, or a vector and an index, have different lengths; `at` is the index of the vector. */
  "DIMENSION_MISMATCH",
  /** The engine could not get the memory it needs. */
  "OUT_OF_MEMORY",
  /** A URL or file could not be read, or did not give what was expected. */
  "FETCH_FAILED",
  /** The call was cancelled by its AbortSignal; `cause` is the signal's reason. */
  "ABORTED",
  /** The model, index or tokenizer was disposed before or during the call. */
  "DISPOSED",
  /** The WebAssembly instance has trapped; load the model again. */
  "ENGINE_LOST",
  /** The engine does not compute exactly on this machine, so no vector is given rather than a wrong one. */
  "PROBE_FAILED",
  /** Vectors of one model and an index of another's, which have nothing to do with each other. */
  "MODEL_MISMATCH",
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What an error may carry besides code and message. */
export interface KinvecErrorOptions {
  /** Byte offset or item index the error applies to. */
  at?: number | undefined;
  /** The error or abort reason underneath. */
  cause?: unknown;
}

// Shared by all copies of this module in a realm (ESM and CommonJS, every sub-path), so that instanceof holds.
const brand: unique symbol = Symbol.for("kinvec.error") as never;

/**
 * The error every function of this package throws or rejects with.
 *
 * @example
 * ```js
 * import { KinvecError, load } from "kinvec";
 * try {
 *   await load("missing.gguf");
 * } catch (error) {
 *   if (error instanceof KinvecError && error.code === "FETCH_FAILED") console.log(error.message);
 * }
 * ```
 */
export class KinvecError extends Error {
  override readonly name = "KinvecError";
  /** Stable and meant for programs; the message is meant for people. */
  readonly code: ErrorCode;
  /** Byte offset or item index the error applies to, where there is one. */
  declare readonly at?: number;

  constructor(code: ErrorCode, message: string, options: KinvecErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.at !== undefined) this.at = options.at;
    Object.defineProperty(this, brand, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }
}

export function disposedModel(): KinvecError {
  return new KinvecError("DISPOSED", "the model was disposed; load it again");
}

/** The code for a number from the engine; unknown numbers mean the binary and this file disagree. */
export function errorCodeOf(number: number): ErrorCode {
  return ERROR_CODES[number - 1] ?? "ENGINE_LOST";
}

/** The error with the name of the file that is at fault, if it is of the kind that a file is at fault for. */
export function named(error: unknown, name: string): unknown {
  if (!(error instanceof KinvecError) || !/^(MODEL|UNSUPPORTED)_/.test(error.code)) return error;
  return new KinvecError(error.code, `${name}: ${error.message}`, { at: error.at });
}
