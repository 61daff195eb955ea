// Options of an index and of its searches, and their defaults.
import { checkBoolean, checkInteger, checkOptions, checkWord, invalid, typeName } from "../arguments.ts";
import type { Model } from "../model.ts";
import { isA } from "../realms.ts";
import type { BinaryName, HuggingFaceFolder, LoadProgress, ModelInfo, ModelSource, WasmOptions } from "../types.ts";
import { EFFORT } from "./graph_options.ts";
import type { ItemId } from "./index_vectors.ts";

/** The form of the vectors that a search looks through: 32-bit floats, 8-bit integers, or one bit per dimension. */
export type IndexPrecision = "f32" | "int8" | "binary";

/** Options of `createIndex`. */
export interface IndexOptions {
  /** Length of every vector, 1 to 65536; with `precision: "int8"` at most 8192. Default: the model's. */
  dimensions?: number | undefined;
  /** The model whose vectors the index is for; those that another model's `embed` answers are then refused. */
  model?: Pick<Model, "info"> | undefined;
  /** Instead of `model`, its {@link ModelInfo.fingerprint}. */
  fingerprint?: string | undefined;
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
  /** As in `load`, but an index has binaries of its own: `kinvec-search-relaxed.wasm`, `kinvec-search-simd128.wasm`. */
  wasm?: Pick<WasmOptions, "relaxed" | "simd128"> | undefined;
  /** Forces one binary, as in `load`. */
  binary?: "auto" | BinaryName | undefined;
}

/** Where an index comes from: the bytes that `save` answered, by any way that a model may come but a folder. */
export type IndexSource = Exclude<ModelSource, HuggingFaceFolder>;

/** Options of `loadIndex`. */
export interface LoadIndexOptions extends Pick<IndexOptions, "model" | "fingerprint" | "wasm" | "binary"> {
  /** Cancels the load: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Called as the work proceeds, for the last time with `fraction` 1. */
  onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Base for a relative URL; default: the page's address. */
  baseUrl?: string | URL | undefined;
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
  /**
   * Only items for which this answers true are found, as if the index held no others. It is asked about every item, once
   * for each call of `search` or `searchBatch`, and must not change the index. Fewer hits than `topK` come back where
   * fewer items are allowed.
   */
  filter?: ((id: ItemId) => boolean) | undefined;
  /**
   * Where the index has a graph: how many candidates a search keeps in sight, 1 to 10000, at least `topK`; default 128.
   * More find more of the true nearest, in more time.
   */
  effort?: number | undefined;
  /** Looks at every item although there is a graph; so does a search with a `filter`. Default false. */
  exact?: boolean | undefined;
}

/** What an index is made with. */
export interface IndexSettings {
  dimensions: number;
  precision: IndexPrecision;
  rescore: boolean;
}

/** How many hits of each query, candidates for them, and which items. */
export interface SearchSettings {
  topK: number;
  candidates: number;
  /** 0: look at every item. */
  effort: number;
  filter: ((id: ItemId) => boolean) | undefined;
}

const kPrecisions: readonly IndexPrecision[] = ["f32", "int8", "binary"];
export const MOST_DIMENSIONS = { f32: 65536, int8: 8192, binary: 65536 } as const;
// Of the ten nearest among tens of thousands of sentence vectors, 2 already finds all by int8, and 40 finds 97 in 100
// by signs, in half the time of int8.
const kOversampling = { f32: 1, int8: 4, binary: 40 };
const kMostOversampling = 1000;

export function checkIndexOptions(given: IndexOptions): IndexSettings & { fingerprint: string | undefined } {
  const options = checkOptions(given);
  const { precision = "f32", rescore = true } = options;
  const model = modelOf(options);
  const dimensions = options.dimensions ?? model?.dimensions;
  if (dimensions === undefined) throw invalid("options.dimensions is missing");
  checkWord(precision, "options.precision", kPrecisions);
  const most = Math.min(MOST_DIMENSIONS[precision], model?.dimensions ?? MOST_DIMENSIONS.f32);
  checkInteger(dimensions, "options.dimensions", 1, most);
  checkBoolean(rescore, "options.rescore");
  return { dimensions, precision, rescore: precision === "f32" || rescore, fingerprint: fingerprintOf(options) };
}

export function checkLoadIndexOptions(given: LoadIndexOptions | undefined): LoadIndexOptions {
  const options = checkOptions(given);
  const { baseUrl } = options;
  if (baseUrl !== undefined && typeof baseUrl !== "string" && !isA(baseUrl, "URL")) {
    throw invalid(`options.baseUrl must be a string or URL, not ${typeName(baseUrl)}`);
  }
  return { ...options, fingerprint: fingerprintOf(options), model: undefined };
}

/** What is asked of vectors' origin, if anything. */
function fingerprintOf(options: Pick<IndexOptions, "model" | "fingerprint">): string | undefined {
  const { fingerprint } = options;
  if (fingerprint === undefined) return modelOf(options)?.fingerprint;
  if (options.model !== undefined) throw invalid("options.model and options.fingerprint cannot both be given");
  if (typeof fingerprint !== "string" || fingerprint === "") {
    throw invalid(`options.fingerprint must be a string that is not empty, not ${typeName(fingerprint)}`);
  }
  return fingerprint;
}

function modelOf({ model }: Pick<IndexOptions, "model">): ModelInfo | undefined {
  if (model === undefined) return undefined;
  if (typeof model?.info !== "function") throw invalid(`options.model must be a model, not ${typeName(model)}`);
  return model.info();
}

export function checkSearchOptions(given: SearchOptions | undefined, precision: IndexPrecision): SearchSettings {
  const options = checkOptions(given);
  const { topK = 10, oversampling = kOversampling[precision], filter, effort = EFFORT.search, exact = false } = options;
  checkInteger(topK, "options.topK", 1, Number.MAX_SAFE_INTEGER);
  if (typeof oversampling !== "number") {
    throw invalid(`options.oversampling must be a number, not ${typeName(oversampling)}`);
  }
  if (!(oversampling >= 1 && oversampling <= kMostOversampling)) {
    throw invalid(`options.oversampling must be from 1 to ${kMostOversampling}, not ${oversampling}`);
  }
  if (filter !== undefined && typeof filter !== "function") {
    throw invalid(`options.filter must be a function, not ${typeName(filter)}`);
  }
  checkInteger(effort, "options.effort", 1, EFFORT.most);
  checkBoolean(exact, "options.exact");
  return { topK, candidates: Math.ceil(topK * oversampling), filter, effort: exact ? 0 : effort };
}
