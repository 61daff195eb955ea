// kinvec/inline: the package as one script that holds its binaries, for pages that can have no file beside it. It holds
// the SIMD128 forms alone, which run everywhere; the others can be given by `options.wasm`.

import { estimateModel } from "../estimate.ts";
import { loadModel } from "../load.ts";
import type { Model } from "../model.ts";
import { type FlatIndex, openIndex } from "../search/flat_index.ts";
import type { IndexOptions, IndexSource, LoadIndexOptions } from "../search/index_options.ts";
import { readIndex } from "../search/load_index.ts";
import type { Estimate, LoadOptions, ModelSource } from "../types.ts";
import { inlineHost, inlinePlatform, withOwnEngine, withOwnSearch } from "./inline_platform.ts";

export * from "../public.ts";
export type { FlatIndex, Hit } from "../search/flat_index.ts";
export type { GraphInfo, GraphOptions, GraphProgress } from "../search/graph_options.ts";
export type {
  IndexOptions,
  IndexPrecision,
  IndexSource,
  LoadIndexOptions,
  SearchOptions,
} from "../search/index_options.ts";
export type { EmbeddedVectors, IndexVector, ItemId } from "../search/index_vectors.ts";

/**
 * As `load` of `kinvec`, with the binary out of this script: nothing is fetched but the given address. It works in
 * pages and in Node.js; paths of files are not taken.
 *
 * @example
 * ```js
 * import { load } from "kinvec/inline";
 * const model = await load(bytes);
 * ```
 */
export async function load(source: ModelSource, options?: LoadOptions): Promise<Model> {
  return loadModel(inlinePlatform, inlineHost, source, await withOwnEngine(options));
}

/**
 * What a model file would take, before it is downloaded: only its beginning is read. Takes the options of `load`.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT, MODEL_VERSION, UNSUPPORTED_ARCHITECTURE,
 *   INVALID_ARGUMENT, ABORTED.
 *
 * @example
 * ```js
 * import { estimate } from "kinvec/inline";
 * const { downloadBytes, memoryBytes } = await estimate("/models/all-MiniLM-L6-v2.q8.gguf");
 * ```
 */
export function estimate(source: ModelSource, options?: LoadOptions): Promise<Estimate> {
  return estimateModel(inlinePlatform, source, options);
}

/**
 * As `createIndex` of `kinvec/search`, with the binary out of this script.
 *
 * @example
 * ```js
 * import { createIndex } from "kinvec/inline";
 * const index = await createIndex({ dimensions: 384 });
 * ```
 */
export async function createIndex(options: IndexOptions): Promise<FlatIndex> {
  return openIndex(inlinePlatform, await withOwnSearch(options));
}

/**
 * As `loadIndex` of `kinvec/search`, with the binary out of this script.
 *
 * @example
 * ```js
 * import { loadIndex } from "kinvec/inline";
 * const index = await loadIndex(bytes, { model });
 * ```
 */
export async function loadIndex(source: IndexSource, options?: LoadIndexOptions): Promise<FlatIndex> {
  return readIndex(inlinePlatform, source, await withOwnSearch(options));
}
