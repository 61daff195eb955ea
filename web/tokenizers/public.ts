// What both entry points of kinvec/tokenizers offer besides loadTokenizer() and trainTokenizer().
export { ERROR_CODES, type ErrorCode, KinvecError } from "../errors.ts";
export type { Encoding } from "./encoding.ts";
export type { Tokenizer } from "./tokenizer.ts";
export type { TrainableModel, TrainOptions, TrainProgress } from "./train/types.ts";
export type {
  AddedTokenInfo,
  DecodeOptions,
  EncodeOptions,
  LoadTokenizerOptions,
  StageJson,
  TokenizerInfo,
  TokenizerJson,
  TokenizerSource,
  TruncationOptions,
} from "./types.ts";
