// What every entry point of the package offers besides load().
export { ERROR_CODES, type ErrorCode, KinvecError, type KinvecErrorOptions } from "./errors.ts";
export type { Model } from "./model.ts";
export { similarity, type Vector } from "./similarity.ts";
export type {
  AttentionOptions,
  AttentionResult,
  BinaryName,
  CacheLike,
  CachePlace,
  Dtype,
  EmbedOptions,
  EmbedResult,
  Estimate,
  HuggingFaceFolder,
  LoadOptions,
  LoadProgress,
  ModelInfo,
  ModelSource,
  Pooling,
  ProbeOutcome,
  TokenizeOptions,
  Tokens,
  TokenVectors,
  Truncation,
  WasmOptions,
  WasmSource,
} from "./types.ts";
