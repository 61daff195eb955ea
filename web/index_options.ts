// Options of an index and of its searches, and their defaults.
import { checkBoolean, checkInteger, checkOptions, checkWord, invalid, typeName } from "./arguments.ts";
import type { BinaryName, WasmOptions } from "./types.ts";

/** The form of the vectors that a search looks through: 32-bit floats, 8-bit integers, or one bit per dimension. */
export type IndexPrecision = "f32" | "int8" | "binary";

/** Options of `createIndex`. */
export interface IndexOptions {
  /** Length of every vector, 1 to 65536; with `precision: "int8"` at most 8192. */
  dimensions: number;
  /**
   * `"f32"` (the default) looks at every vector as it is. `"int8"` and `"binary"` look through smaller copies, which is
   * faster, and score the best candidates again by the vectors themselves.
   */
  precision?: IndexPrecision | undefined;
  /**
   * Whether an `"int8"` or `"binary"` index keeps the vectors themselves too; default true. Without them it needs a
   * quarter or a thirtieth of the memory, and its scores are approximate (`index.scores` says so).
   */
  rescore?: boolean | undefined;
  /** Own WebAssembly binaries, as in `load`. */
  wasm?: WasmOptions | undefined;
  /** Forces one binary, as in `load`. */
  binary?: "auto" | BinaryName | undefined;
}

/** Options of `search` and `searchBatch`. */
export interface SearchOptions {
  /** How many hits, at least 1; default 10. */
  topK?: number | undefined;
  /**
   * For an `"int8"` or `"binary"` index: how many candidates are scored again, as a multiple of `topK`, 1 to 1000;
   * default 4 (int8) or 40 (binary). More find more of the true nearest.
   */
  oversampling?: number | undefined;
}

/** What an index is made with. */
export interface IndexSettings {
  dimensions: number;
  precision: IndexPrecision;
  rescore: boolean;
}

/** How many hits of each query, and candidates for them. */
export interface SearchSettings {
  topK: number;
  candidates: number;
}

const kPrecisions: readonly IndexPrecision[] = ["f32", "int8", "binary"];
const kMostDimensions = { f32: 65536, int8: 8192, binary: 65536 };
// Of the ten nearest among tens of thousands of sentence vectors, 2 already finds all by int8, and 40 finds 97 in 100
// by signs, in half the time of int8.
const kOversampling = { f32: 1, int8: 4, binary: 40 };
const kMostOversampling = 1000;

export function checkIndexOptions(given: IndexOptions): IndexSettings {
  const { dimensions, precision = "f32", rescore = true } = checkOptions(given);
  if (dimensions === undefined) throw invalid("options.dimensions is missing");
  checkWord(precision, "options.precision", kPrecisions);
  checkInteger(dimensions, "options.dimensions", 1, kMostDimensions[precision]);
  checkBoolean(rescore, "options.rescore");
  return { dimensions, precision, rescore: precision === "f32" || rescore };
}

export function checkSearchOptions(given: SearchOptions | undefined, precision: IndexPrecision): SearchSettings {
  const { topK = 10, oversampling = kOversampling[precision] } = checkOptions(given);
  checkInteger(topK, "options.topK", 1, Number.MAX_SAFE_INTEGER);
  if (typeof oversampling !== "number") {
    throw invalid(`options.oversampling must be a number, not ${typeName(oversampling)}`);
  }
  if (!(oversampling >= 1 && oversampling <= kMostOversampling)) {
    throw invalid(`options.oversampling must be from 1 to ${kMostOversampling}, not ${oversampling}`);
  }
  return { topK, candidates: Math.ceil(topK * oversampling) };
}
