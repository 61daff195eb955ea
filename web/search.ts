// kinvec/search in a page, worker or service worker; web/search.node.ts is its twin.
import { type FlatIndex, openIndex } from "./flat_index.ts";
import type { IndexOptions } from "./index_options.ts";
import { webPlatform } from "./platform/web.ts";

export type { FlatIndex, Hit } from "./flat_index.ts";
export type { IndexOptions, IndexPrecision, SearchOptions } from "./index_options.ts";
export type { IndexVector, ItemId } from "./index_vectors.ts";

/**
 * Makes an empty index over vectors of one length. Each search looks at every vector, so results are exact; with
 * `precision: "int8"` or `"binary"` at smaller copies of them first, which is faster and finds very nearly the same.
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
  return openIndex(webPlatform, options);
}
