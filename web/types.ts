// Public types of the package, apart from the classes.

/** How token vectors become one vector: their mean, the first ([CLS]) token's, or the last token's. */
export type Pooling = "mean" | "cls" | "last";

/** Which of the two WebAssembly binaries runs. */
export type BinaryName = "relaxed" | "simd128";

/**
 * What the load-time probe of the real kernel found: the relaxed dot product is exact with an unsigned or a signed
 * second operand; `simd128` where the relaxed binary is not used.
 */
export type ProbeOutcome = "relaxed-unsigned" | "relaxed-signed" | "simd128";

/** A checkpoint folder as published on Hugging Face: file contents by relative path, or the files of a folder input. */
export type HuggingFaceFolder = Readonly<Record<string, Blob | ArrayBuffer | Uint8Array | string>> | readonly File[];

/**
 * Where a model comes from. A GGUF file by URL (`string` or `URL`; in Node.js also a path), `Request`, `Response`,
 * stream or bytes; or a Hugging Face checkpoint folder (in Node.js also by its path), which is quantised in memory.
 */
export type ModelSource =
  | string
  | URL
  | Request
  | Response
  | ReadableStream<Uint8Array>
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | HuggingFaceFolder;

/** Progress of `load`; `fraction` runs from 0 to exactly 1 and never falls. */
export interface LoadProgress {
  /** `download` while bytes arrive; `prepare` while weights are converted, packed and checked. */
  stage: "download" | "prepare";
  /** Bytes received so far. */
  loaded: number;
  /** Bytes expected; absent where the source does not say. */
  total?: number;
  /** Share of the whole work done, 0 to 1. */
  fraction: number;
}

/** A WebAssembly binary: where to fetch it, its bytes, or the compiled module. */
export type WasmSource = string | URL | Response | ArrayBuffer | Uint8Array | WebAssembly.Module;

/** Own binaries; only those listed are used, and nothing else is fetched. */
export interface WasmOptions {
  /** The binary that uses relaxed SIMD: `kinvec-relaxed.wasm`, for an index `kinvec-search-relaxed.wasm`. */
  relaxed?: WasmSource;
  /** The binary that does without: `kinvec-simd128.wasm`, for an index `kinvec-search-simd128.wasm`. */
  simd128?: WasmSource;
  /** What `trainTokenizer` needs besides one of the others, `kinvec-training.wasm`. */
  training?: WasmSource;
  /** What `trainWordVectors` needs, alone: `kinvec-words.wasm`. */
  words?: WasmSource;
}

/** Numbers an encoder computes with; see `LoadOptions.dtype`. */
export type Dtype = "auto" | "f32" | "q8" | "q7";

/** A `Cache` as browsers have it, or anything of its shape. */
export interface CacheLike {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<unknown>;
  delete?(url: string): Promise<unknown>;
}

/**
 * Where a model that came by URL is kept between loads: in the page's caches (Cache API), in its private file system
 * (OPFS), in a folder of Node.js, or in a cache of your own.
 */
export type CachePlace = "browser" | "opfs" | { folder: string | URL } | CacheLike;

/** Options of `load`. */
export interface LoadOptions {
  /** Called as the work proceeds, for the last time with `fraction` 1. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Cancels the load: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /**
   * Numbers the encoder computes with: `q8` (8-bit integers) or `f32`; `auto` (the default) follows the file.
   * `q7` rounds the weights to 7 bits, which makes the relaxed binary exact in engines whose relaxed dot product
   * saturates. It is faster than `q8` in Firefox on x86 and nowhere else; its vectors are less accurate, and other bits
   * than those of `q8`, though the same in every engine.
   */
  dtype?: Dtype | undefined;
  /** Overrides the model's own pooling; needed only where the model states none. */
  pooling?: Pooling | undefined;
  /** Own WebAssembly binaries instead of those beside the package's script. */
  wasm?: WasmOptions | undefined;
  /** Forces one binary. A forced binary that is not exact on this machine rejects with PROBE_FAILED. */
  binary?: "auto" | BinaryName | undefined;
  /**
   * Keeps a model that comes by URL, once it has been verified, and takes it from there the next time, without asking the
   * server. Default: it is fetched each time, as far as the browser's own cache lets it. A cache that fails does not fail
   * the load; `info().cache` tells.
   */
  cache?: CachePlace | undefined;
  /** Asks the server whether a kept model has changed; without an answer it is good. Default false. */
  revalidate?: boolean | undefined;
  /** Base for a relative URL; default: the page's address. */
  baseUrl?: string | URL | undefined;
  /** Compare the file's checksum before use; default true. */
  verifyChecksum?: boolean | undefined;
  /**
   * Works in so many workers, 1 to 64, or with `auto` in one less than the machine has cores, at most 8. Each holds a
   * copy of the weights. Default: none, the work is done in the thread that calls.
   */
  workers?: number | "auto" | undefined;
  /** Where the workers' script is, the file exported as `kinvec/worker`, if not beside the package's script. */
  workerUrl?: string | URL | undefined;
  /** Sentences for calibrating the weights of a Hugging Face folder while loading; default: no calibration. */
  calibration?: readonly string[] | undefined;
}

/**
 * What becomes of a text that has more tokens than the model takes: it is cut at its `end`, which `truncated` reports; it
 * is an `error`, TEXT_TOO_LONG; or it is cut into parts of the model's length, each of which begins an eighth of that
 * before the end of the one before (`chunk`). Its vector is then the mean of theirs, weighted by their tokens.
 */
export type Truncation = "end" | "error" | "chunk";

/** Result of `estimate`. */
export interface Estimate {
  /** Bytes to come over the network, the package's own binary apart; 0 if none, absent if the server does not say. */
  downloadBytes?: number | undefined;
  /** Bytes of WebAssembly memory once loaded, of all workers together: within about 15 %. */
  memoryBytes: number;
}

/** Options of `embed`. */
export interface EmbedOptions {
  /** What the texts are: the model's own prompt for that role is put in front of them, if it has one. */
  role?: "query" | "document" | undefined;
  /** Keep only the first so many numbers of each vector, 1 to the model's size; the norm is made 1 again. */
  dimensions?: number | undefined;
  /** Scale each vector to length 1; default: as the model states. */
  normalize?: boolean | undefined;
  /** What becomes of texts that are too long; default `"end"`. */
  truncation?: Truncation | undefined;
  /** Cancels the call between chunks of about 512 tokens; the model stays usable. */
  signal?: AbortSignal | undefined;
  /** Called with the number of texts done so far. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** Result of `embed`; each list has one item per text, in order. */
export interface EmbedResult {
  /** Each of length `dimensions`. */
  vectors: Float32Array[];
  /** Tokens of the whole text, special tokens and prompt included, before any cut. */
  tokenCounts: number[];
  /** True where the text had more tokens than the model takes and its end was left out. */
  truncated: boolean[];
  /** Parts that the vector was made of: 1, or more with `truncation: "chunk"`. */
  chunks: number[];
  /** Length of each vector. */
  dimensions: number;
  /** What made them, as in {@link ModelInfo}, but by the call's own `normalize`. */
  fingerprint: string;
}

/** Tokens of one text. */
export interface Tokens {
  /** Token ids, [n]. */
  ids: Int32Array;
  /** Token strings as the vocabulary has them, for example `"##ing"`, [n]. */
  tokens: string[];
  /** Start and end of each token in the text, in UTF-16 units: `text.slice(start, end)`. Special tokens: [0, 0]. */
  offsets: [start: number, end: number][];
  /** True where the text had more tokens than the model takes. */
  truncated: boolean;
}

/** Options of `tokenize`. */
export interface TokenizeOptions {
  /** Put the model's special tokens around the text; default true. */
  addSpecialTokens?: boolean | undefined;
  /** Cancels the call: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** Result of `embedTokens`. */
export interface TokenVectors extends Tokens {
  /** The last hidden state: one vector per token, special tokens included, not normalised. [n][hiddenSize] */
  vectors: Float32Array[];
}

/** Options of `attention`. */
export interface AttentionOptions {
  /** Also return the hidden states of every layer. */
  hiddenStates?: boolean | undefined;
  /** Cancels the call: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
}

/** Result of `attention`. */
export interface AttentionResult extends Tokens {
  /** `attention[layer][head][from][to]`: how much token `from` looks at token `to`. Each row sums to 1. */
  attention: Float32Array[][][];
  /** `hiddenStates[layer][token]` of length hiddenSize; layer 0 is the embedding. Only if asked for. */
  hiddenStates?: Float32Array[][];
}

/** What a loaded model is and runs on. */
export interface ModelInfo {
  /** The binary in use. */
  binary: BinaryName;
  /** What the probe of the kernel found. */
  probe: ProbeOutcome;
  /** True if a vector stored in the file was reproduced bit for bit while loading; false if there was none to check. */
  selfChecked: boolean;
  /** Numbers the encoder computes with. */
  dtype: Exclude<Dtype, "auto">;
  name: string;
  architecture: string;
  /** Licence of the weights, as the file states it; may be empty. */
  license: string;
  /** Where the weights came from, as the file states it; may be empty. */
  source: string;
  /** Length of a vector. */
  dimensions: number;
  layers: number;
  heads: number;
  hiddenSize: number;
  intermediateSize: number;
  vocabSize: number;
  /** Tokens per text, special tokens included; longer texts are cut. */
  maxTokens: number;
  /** Rows of the position table. */
  maxPositions: number;
  pooling: Pooling;
  /** Whether vectors are scaled to length 1 by default. */
  normalize: boolean;
  /** Texts put in front of a query or a document by `role`. */
  prompts: { query?: string; document?: string };
  /** Sizes the model was trained to be shortened to; empty if none. */
  matryoshka: number[];
  /** Checksum over the tensor bytes, `"xxh64:…"`; empty if the file has none. */
  checksum: string;
  /**
   * Whether the file came from the cache (`hit`), is kept there now (`stored`), could not be (`failed`), or was not to be
   * (`none`).
   */
  cache: "hit" | "stored" | "failed" | "none";
  /**
   * The same for two models only if they give the same vectors: it changes with the weights, the numbers the encoder
   * computes with, pooling, scaling, prompts and tokenizer, and not with the model's name, the binary or workers.
   */
  fingerprint: string;
  /** Workers that the model runs in; 0: it runs in the thread that loaded it. */
  workers: number;
  /** Bytes of packed weights and of working memory, in each worker. */
  weightBytes: number;
  arenaBytes: number;
  /** Bytes of the whole WebAssembly memory, of all workers together. */
  memoryBytes: number;
}
