/// <reference lib="esnext.disposable" preserve="true" />
// A flat (exhaustive) vector index with ids of the caller's choice over the engine's row numbers.
import { KinvecError } from "./errors.ts";
import {
  checkIndexOptions,
  checkSearchOptions,
  type IndexOptions,
  type IndexPrecision,
  type IndexSettings,
  type SearchOptions,
  type SearchSettings,
} from "./index_options.ts";
import { checkIds, checkVector, checkVectors, type IndexVector, type ItemId } from "./index_vectors.ts";
import { candidates, openInstance } from "./native/choose.ts";
import { scanStaysExact } from "./native/index_check.ts";
import type { Instance } from "./native/instance.ts";
import { NATIVE_PRECISIONS, type NativeFlatIndex } from "./native/module.ts";
import type { Platform } from "./platform/platform.ts";

/** One result of a search. */
export interface Hit {
  id: ItemId;
  /** Dot product of the query and the item: the cosine similarity, if both have length 1. */
  score: number;
}

const kRowsPerCopy = 1024;
const kQueriesPerScan = 64;
// Bounds what a scan for many queries with many hits each takes: 8 bytes per candidate.
const kCandidatesPerScan = 2 ** 20;

export async function openIndex(platform: Platform, options: IndexOptions): Promise<FlatIndex> {
  const settings = checkIndexOptions(options);
  const order = candidates(platform, options);
  const { instance, remaining } = await openInstance(platform, order, options);
  if (settings.precision !== "int8" || scanStaysExact(instance)) return new FlatIndex(instance, settings);
  if (remaining.length === 0) throw instance.inexact();
  return new FlatIndex((await openInstance(platform, remaining, options)).instance, settings);
}

/** Made by `createIndex`. All its methods answer at once. */
export class FlatIndex {
  /** Length of every vector. */
  readonly dimensions: number;
  /** The form of the vectors that a search looks through. */
  readonly precision: IndexPrecision;
  /** `"approximate"` with `rescore: false`, where the vectors themselves are not kept. */
  readonly scores: "exact" | "approximate";
  /** Memory of one item apart from its id. */
  readonly bytesPerItem: number;
  readonly #ids: ItemId[] = []; // by row
  readonly #known = new Set<ItemId>();
  #engine: { instance: Instance; rows: NativeFlatIndex } | undefined;

  /** @internal Use `createIndex`. */
  constructor(instance: Instance, { dimensions, precision, rescore }: IndexSettings) {
    this.dimensions = dimensions;
    this.precision = precision;
    this.scores = rescore ? "exact" : "approximate";
    const rows = instance.run((native) => new native.FlatIndex(dimensions, NATIVE_PRECISIONS[precision], rescore));
    this.bytesPerItem = instance.run(() => rows.bytesPerRow());
    this.#engine = { instance, rows };
  }

  /** Number of items. */
  get size(): number {
    return this.#ids.length;
  }

  /**
   * Adds one item, or many at once. Nothing is added if any of them is refused.
   *
   * @throws KinvecError INVALID_ARGUMENT for an id that is already there or a vector with a number that is not finite,
   *   DIMENSION_MISMATCH for a vector of another length (`at` is its index), OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * index.add("tea", vector);
   * index.add(["tea", "coffee"], vectors);
   * ```
   */
  add(id: ItemId, vector: IndexVector): void;
  add(ids: readonly ItemId[], vectors: readonly IndexVector[]): void;
  add(idOrIds: ItemId | readonly ItemId[], vectorOrVectors: IndexVector | readonly IndexVector[]): void {
    const many = Array.isArray(idOrIds);
    const vectors = checkVectors(many ? vectorOrVectors : [vectorOrVectors], this.dimensions);
    const ids = checkIds(many ? idOrIds : [idOrIds], vectors.length, this.#known);
    const { instance, rows } = this.#live();
    const perCopy = Math.min(kRowsPerCopy, ids.length);
    instance.withMemory(4 * perCopy * this.dimensions, (pointer) => {
      // All memory is had before the first item is added.
      instance.check(() => rows.reserve(ids.length));
      for (let start = 0; start < ids.length; start += perCopy) {
        const part = vectors.slice(start, start + perCopy);
        this.#write(instance, part, pointer);
        instance.check(() => rows.add(pointer, part.length));
      }
    });
    for (const id of ids) {
      this.#ids.push(id);
      this.#known.add(id);
    }
  }

  /**
   * The items most similar to `vector`, best first; equal scores in the order the items were added.
   *
   * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * for (const { id, score } of index.search(query, { topK: 3 })) console.log(id, score);
   * ```
   */
  search(vector: IndexVector, options?: SearchOptions): Hit[] {
    const settings = checkSearchOptions(options, this.precision);
    checkVector(vector, this.dimensions, "vector");
    return this.#scan([vector], settings)[0] as Hit[];
  }

  /**
   * As `search` for each of many vectors, with the same results, in less time than one by one.
   *
   * @throws KinvecError as `search`; `at` is the index of the vector.
   *
   * @example
   * ```js
   * const [hitsOfFirst, hitsOfSecond] = index.searchBatch([first, second], { topK: 3 });
   * ```
   */
  searchBatch(vectors: readonly IndexVector[], options?: SearchOptions): Hit[][] {
    const settings = checkSearchOptions(options, this.precision);
    checkVectors(vectors, this.dimensions);
    const perCandidates = Math.floor(kCandidatesPerScan / Math.min(settings.candidates, Math.max(this.size, 1)));
    const perScan = Math.max(1, Math.min(kQueriesPerScan, perCandidates));
    const hits: Hit[][] = [];
    for (let start = 0; start < vectors.length; start += perScan) {
      hits.push(...this.#scan(vectors.slice(start, start + perScan), settings));
    }
    return hits;
  }

  /** Removes all items. */
  clear(): void {
    const { instance, rows } = this.#live();
    instance.run(() => rows.clear());
    this.#ids.length = 0;
    this.#known.clear();
  }

  /** Gives up the memory. Later calls throw DISPOSED; a second dispose does nothing. */
  dispose(): void {
    this.#engine = undefined;
    this.#ids.length = 0;
    this.#known.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #live(): { instance: Instance; rows: NativeFlatIndex } {
    if (!this.#engine) throw new KinvecError("DISPOSED", "the index was disposed; create it again");
    return this.#engine;
  }

  #scan(vectors: readonly IndexVector[], { topK, candidates }: SearchSettings): Hit[][] {
    const { instance, rows } = this.#live();
    const wanted = Math.min(topK, this.size);
    const considered = Math.min(candidates, this.size);
    instance.withMemory(4 * vectors.length * this.dimensions, (pointer) => {
      this.#write(instance, vectors, pointer);
      instance.check(() => rows.search(pointer, vectors.length, wanted, considered));
    });
    return instance.run((native) => {
      let at = rows.hits() / 4; // pairs of row and score
      const next = (): Hit => {
        const hit = { id: this.#ids[native.HEAPU32[at] as number] as ItemId, score: native.HEAPF32[at + 1] as number };
        at += 2;
        return hit;
      };
      return vectors.map(() => Array.from({ length: wanted }, next));
    });
  }

  /** Copies vectors into the engine's memory, end to end. */
  #write(instance: Instance, vectors: readonly IndexVector[], pointer: number): void {
    instance.run(({ HEAPF32 }) => {
      for (const [i, vector] of vectors.entries()) HEAPF32.set(vector, pointer / 4 + i * this.dimensions);
    });
  }
}
