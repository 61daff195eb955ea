// kinvec/search in a page, worker or service worker; web/search/index.node.ts is its twin.

import { pagePlatform } from "../platform/page.ts";
import type { Platform } from "../platform/platform.ts";
import { searchBinaryUrl } from "./binaries.ts";
import { type Collection, openCollection } from "./collection/collection.ts";
import type { CollectionOptions, LoadCollectionOptions } from "./collection/collection_options.ts";
import type { AnyItem, Item } from "./collection/items.ts";
import { readCollection } from "./collection/load_collection.ts";
import { type FlatIndex, openIndex } from "./flat_index.ts";
import type { IndexOptions, IndexSource, LoadIndexOptions } from "./index_options.ts";
import { readIndex } from "./load_index.ts";

export type { FlatIndex, Hit } from "./flat_index.ts";
export type { GraphInfo, GraphOptions, GraphProgress } from "./graph_options.ts";
export type { IndexOptions, IndexPrecision, IndexSource, LoadIndexOptions, SearchOptions } from "./index_options.ts";
export type { EmbeddedVectors, IndexVector, ItemId } from "./index_vectors.ts";
export * from "./public.ts";

// Not spread, as in platform/web.ts.
const searchPlatform: Platform = /* @__PURE__ */ Object.assign({}, pagePlatform, { binaryUrl: searchBinaryUrl });

/**
 * Makes an empty index over vectors of one length. Each search looks at every vector, so results are exact; with
 * `precision: "int8"` or `"binary"` at smaller copies of them first, which is faster and finds very nearly the same.
 * For many more items, see `buildGraph`.
 *
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, FETCH_FAILED, PROBE_FAILED, OUT_OF_MEMORY.
 *
 * @example
 * ```js
 * import { createIndex } from "kinvec/search";
 * const index = await createIndex({ dimensions: 3 });
 * index.add(["x", "y"], [[1, 0, 0], [0, 1, 0]]);
 * index.search([0.9, 0.1, 0], { topK: 1 }); // [{ id: "x", score: 0.9 }]
 * ```
 */
export function createIndex(options: IndexOptions): Promise<FlatIndex> {
  return openIndex(searchPlatform, options);
}

/**
 * Loads an index that was saved: by URL, request, response, stream or bytes. It gives the same hits and scores as
 * the one that was saved. Nothing is kept of a file that is damaged.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT for what is no index, MODEL_VERSION, MODEL_HASH,
 *   MODEL_MISMATCH if `model` or `fingerprint` is given and the vectors are not known to be that model's,
 *   INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED, PROBE_FAILED.
 *
 * @example
 * ```js
 * import { loadIndex } from "kinvec/search";
 * const index = await loadIndex("/recipes.index", { model });
 * const hits = index.search(await model.embed("a dessert with coffee", { role: "query" }));
 * ```
 */
export function loadIndex(source: IndexSource, options?: LoadIndexOptions): Promise<FlatIndex> {
  return readIndex(searchPlatform, source, options);
}

/**
 * Makes an empty collection: texts with an id and fields, found by their meaning and by their words.
 *
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT, FETCH_FAILED, PROBE_FAILED, OUT_OF_MEMORY.
 *
 * @example
 * ```js
 * import { createCollection } from "kinvec/search";
 * const notes = await createCollection({ model });
 * await notes.add([{ id: 1, text: "Castling moves king and rook.", tags: ["chess"] }]);
 * const [best] = await notes.search("how does the king move", { where: { tags: "chess" } });
 * ```
 */
export function createCollection<T extends Item = AnyItem>(options: CollectionOptions): Promise<Collection<T>> {
  return openCollection(searchPlatform, options);
}

/**
 * Loads a collection that was saved: by URL, request, response, stream, Blob or bytes. It gives the same hits and scores as the
 * one that was saved. Nothing is kept of a file that is damaged.
 *
 * @throws KinvecError (as a rejection) FETCH_FAILED, MODEL_FORMAT for what is no collection, MODEL_VERSION, MODEL_HASH,
 *   MODEL_MISMATCH if the vectors are not the model's, INVALID_ARGUMENT, OUT_OF_MEMORY, ABORTED, PROBE_FAILED.
 *
 * @example
 * ```js
 * import { loadCollection } from "kinvec/search";
 * const notes = await loadCollection("notes.collection", { model });
 * ```
 */
export function loadCollection<T extends Item = AnyItem>(
  source: IndexSource,
  options: LoadCollectionOptions,
): Promise<Collection<T>> {
  return readCollection(searchPlatform, source, options);
}
