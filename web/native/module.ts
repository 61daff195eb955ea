// Types of what bindings/ exposes, name for name. Pointers are byte offsets into HEAPU8. Views returned by the engine
// are valid only until its next call, since memory may move as it grows: copy them at once.

/** Outcome of an engine call; code 0 is success, other numbers are those of src/error.h. */
export interface Status {
  code: number;
  message: string;
  /** Byte offset or item index; -1: none. */
  at: number;
}

/** Outcomes of the kernel probe. */
export const PROBE_UNSIGNED = 0;
export const PROBE_SIGNED = 1;
export const PROBE_INEXACT = 2;

/** The memory of a running binary. */
export interface NativeMemory {
  // Replaced by fresh views when the memory grows: read them from the module each time.
  HEAPU8: Uint8Array<ArrayBuffer>;
  HEAP32: Int32Array<ArrayBuffer>;
  HEAPU32: Uint32Array<ArrayBuffer>;
  HEAPF32: Float32Array<ArrayBuffer>;
}

/** What binaries with the int8 kernels have in common. */
export interface NativeProbe {
  /** Runs the real GEMM kernel with weights up to `weightLimit`; answers one of the PROBE_ constants. */
  probeDot(weightLimit: number): number;
  /** Tells the activation quantiser how the relaxed dot reads its second operand; before loading. */
  setDotMode(mode: number): void;
  /** 64-byte aligned; 0 = out of memory. */
  allocate(bytes: number): number;
  release(pointer: number): void;
  /** 16 hexadecimal digits. */
  xxh64(pointer: number, bytes: number): string;
}

export interface NativeModule extends NativeMemory, NativeProbe {
  Gguf: new () => NativeGguf;
  Engine: new () => NativeEngine;
  Tokenizer: new () => NativeTokenizer;
}

/** Scalar or array value of a GGUF metadata entry. */
export type NativeGgufValue = string | number | boolean | string[] | number[] | boolean[];

export interface NativeGgufTensor {
  name: string;
  /** GGUF type name, for example "F32". */
  type: string;
  /** shape[0] is the contiguous dimension. */
  shape: number[];
  byteOffset: number;
  byteLength: number;
}

export interface NativeGguf {
  /** Block the file is written into; 0 = out of memory. */
  reserve(bytes: number): number;
  open(): Status;
  metadata(): [key: string, type: string, value: NativeGgufValue][];
  tensors(): NativeGgufTensor[];
  /** Decodes a whole tensor to f32 at `destination`. */
  dequantize(index: number, destination: number): Status;
  delete(): void;
}

export const NATIVE_DTYPES = { auto: 0, f32: 1, q8: 2, q7: 3 } as const;
/** Largest magnitude of an int8 weight, by dtype; the probe must cover it. */
export const WEIGHT_LIMITS = { auto: 127, f32: 127, q8: 127, q7: 63 } as const;
export const NATIVE_POOLINGS = { mean: 1, cls: 2, last: 3 } as const;
export const POOLING_FROM_MODEL = -1;

export interface NativeLoadOptions {
  dtype: number;
  pooling: number;
  verifyChecksum: boolean;
}

export interface NativeInfo {
  architecture: string;
  name: string;
  license: string;
  source: string;
  dtype: "f32" | "q8" | "q7";
  layers: number;
  heads: number;
  hiddenSize: number;
  intermediateSize: number;
  vocabSize: number;
  maxPositions: number;
  maxTokens: number;
  pooling: "mean" | "cls" | "last";
  normalize: boolean;
  prompts: { query?: string; document?: string };
  matryoshka: number[];
  probeText: string;
  probeVector: number[];
  checksum: string;
  /** Of weights, settings and tokenizer; 16 hexadecimal digits. */
  contentHash: string;
  weightBytes: number;
  arenaBytes: number;
}

export interface NativeEngine {
  /** Block the model file is streamed into; 0 = out of memory. */
  reserveModel(bytes: number): number;
  modelArrived(bytes: number): void;
  loadModel(options: NativeLoadOptions): Status;
  info(): NativeInfo;
  /** Block for the UTF-8 bytes of `count` texts; 0 = out of memory. */
  reserveTexts(bytes: number, count: number): number;
  /** View [count] to fill: end byte of each text in the block. */
  textEnds(): Uint32Array;
  /** Tokenises all texts of the block; maxTokens 0 = the model's limit. Longer texts are cut, or make several windows. */
  tokenize(addSpecialTokens: boolean, maxTokens: number, windows: boolean): Status;
  /** Takes the block as token ids of 32 bits, and textEnds() as ends in ids, in place of tokenize(). */
  takeIds(): Status;
  /** Ids of all texts, end to end. */
  ids(): Int32Array;
  /** [windows + 1] into ids. */
  windowOffsets(): Uint32Array;
  /** [count + 1] into the windows. */
  textWindows(): Uint32Array;
  /** [2 * tokens] start, end in UTF-16 units. */
  tokenOffsets(): Int32Array;
  /** [count] tokens before truncation. */
  fullTokenCounts(): Uint32Array;
  /** Collects the strings of all tokens for the two views that follow. */
  findTokenStrings(): void;
  /** UTF-8 of all strings, end to end. */
  tokenBytes(): Uint8Array;
  /** End of each token's string in the bytes. */
  tokenEnds(): Uint32Array;
  /** dimensions 0 = all. */
  beginEmbed(dimensions: number, normalize: boolean): Status;
  /** Embeds the next chunk (about 512 tokens); answers how many texts are done, or a negative number on error. */
  embedNext(): number;
  /** What the last negative answer of embedNext() or calibrateNext() stands for. */
  embedError(): Status;
  /** View [count, dimensions]. */
  vectors(): Float32Array;
  trace(index: number, wantHidden: boolean, wantAttention: boolean): Status;
  /** View [layers + 1, n, hidden] of the traced text; the last is the token vectors. */
  hiddenStates(): Float32Array;
  /** View [layers, heads, n, n] of the traced text. */
  attentions(): Float32Array;
  /** f32 models: like beginEmbed, keeping ranges and means of each channel of each linear layer's input. */
  beginCalibration(): Status;
  calibrateNext(): number;
  /** A further pass over the same texts, keeping the second moments of the inputs of these layers. */
  beginMoments(firstLayer: number, layers: number): Status;
  /**
   * View [5, layers, (qkv: hidden | attn_output: hidden | ffn_up: hidden | ffn_down: intermediate)]: the largest |x| of
   * tokens other than a sequence's first, the smallest and the largest x of first tokens, the mean of the others, and
   * that of first tokens.
   */
  calibratedInputs(): Float32Array;
  /**
   * View [layers, (hidden^2 | hidden^2 | hidden^2 | intermediate^2)], lower triangles: the sum over tokens of
   * (x - mean) (x - mean)^T / sqrt(tokens of the text), with the mean of first tokens for those.
   */
  calibratedMoments(): Float32Array;
  delete(): void;
}

export const NATIVE_STRATEGIES = ["longest_first", "only_first", "only_second"] as const;
export const NATIVE_DIRECTIONS = ["right", "left"] as const;

/** "No limit" as the engine has it. */
export const NO_TOKEN_LIMIT = 2 ** 32 - 1;

/** Places in the table that NativeTokenizer.encoding() points to, in 32-bit numbers. */
export const ENCODING_TABLE = {
  tokens: 0,
  fullTokens: 1,
  // Pointers.
  ids: 2,
  offsets: 3,
  wordIds: 4,
  typeIds: 5,
  specialTokensMask: 6,
} as const;

export interface NativeTokenizer {
  /** Block the GGUF metadata is written into; 0 = out of memory. */
  reserveFile(bytes: number): number;
  /** Reads the block and gives its memory back. */
  open(): Status;
  vocabSize(): number;
  /** -1: no such token. */
  id(token: string): number;
  /**
   * Where four 32-bit numbers are that tell how the file says that texts are cut: most tokens, places in
   * NATIVE_STRATEGIES and NATIVE_DIRECTIONS, stride.
   */
  truncation(): number;
  /** For all encodings from then on. */
  setOptions(
    addSpecialTokens: boolean,
    maxTokens: number,
    strategy: number,
    side: number,
    stride: number,
    overflow: boolean,
  ): void;
  /** Block for the UTF-8 of one text, or of two end to end; 0 = out of memory. */
  reserveText(bytes: number): number;
  /** Answers the code of an error; 0 = success. */
  encode(bytes: number): number;
  encodePair(firstBytes: number, secondBytes: number): number;
  /** What the last answer other than 0 stands for. */
  error(): Status;
  /** Where the table of the encoding is: the same for as long as the tokenizer lives. */
  encoding(): number;
  overflowSize(): number;
  /** Makes the table show a part of the overflow. */
  showOverflow(index: number): void;
  /** Block for i32 ids; 0 = out of memory. */
  reserveIds(count: number): number;
  /** UTF-8. */
  decode(count: number, skipSpecialTokens: boolean): Uint8Array;
  /** Collects the strings of the ids in the block for the two views that follow. */
  findTokenStrings(count: number): void;
  tokenBytes(): Uint8Array;
  tokenEnds(): Uint32Array;
  delete(): void;
}
