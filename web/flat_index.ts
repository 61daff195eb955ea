/// <reference lib="esnext.disposable" preserve="true" />
// A flat (exhaustive) vector index with ids of the caller's choice over the engine's row numbers.
import { checkInteger, checkOptions, invalid, typeName } from "./arguments.ts";
import { KinvecError } from "./errors.ts";
import { candidates, openInstance } from "./native/choose.ts";
import type { Instance } from "./native/instance.ts";
import type { NativeFlatIndex } from "./native/module.ts";
import type { Platform } from "./platform/platform.ts";
import type { BinaryName, WasmOptions } from "./types.ts";

/** The name of an item. Ids of both kinds may be mixed; `1` and `"1"` are different. */
export type ItemId = string | number;

/** One result of a search. */
export interface Hit {
  id: ItemId;
  /** Dot product of the query and the item: the cosine similarity, if both have length 1. */
  score: number;
}

/** Options of `createIndex`. */
export interface IndexOptions {
  /** Length of every vector, 1 to 65536. */
  dimensions: number;
  /** Own WebAssembly binaries, as in `load`. */
  wasm?: WasmOptions | undefined;
  /** Forces one binary, as in `load`. */
  binary?: "auto" | BinaryName | undefined;
}

/** A vector to index or search for. */
export type IndexVector = Float32Array | readonly number[];

const kMostDimensions = 65536;
const kRowsPerCopy = 1024;

export async function openIndex(platform: Platform, given: IndexOptions): Promise<FlatIndex> {
  const options = checkOptions(given);
  if (options.dimensions === undefined) throw invalid("options.dimensions is missing");
  checkInteger(options.dimensions, "options.dimensions", 1, kMostDimensions);
  const { instance } = await openInstance(platform, candidates(platform, options), options);
  return new FlatIndex(instance, options.dimensions);
}

/** Made by `createIndex`. All its methods answer at once. */
export class FlatIndex {
  /** Length of every vector. */
  readonly dimensions: number;
  readonly #ids: ItemId[] = []; // by row
  readonly #known = new Set<ItemId>();
  #engine: { instance: Instance; rows: NativeFlatIndex } | undefined;

  /** @internal Use `createIndex`. */
  constructor(instance: Instance, dimensions: number) {
    this.dimensions = dimensions;
    this.#engine = { instance, rows: instance.run((native) => new native.FlatIndex(dimensions)) };
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
    const ids = (many ? idOrIds : [idOrIds]) as readonly ItemId[];
    const vectors = (many ? vectorOrVectors : [vectorOrVectors]) as readonly IndexVector[];
    this.#checkItems(ids, vectors);
    const { instance, rows } = this.#live();
    for (let start = 0; start < ids.length; start += kRowsPerCopy) {
      const count = Math.min(kRowsPerCopy, ids.length - start);
      instance.withMemory(4 * count * this.dimensions, (pointer) => {
        for (let i = 0; i < count; i++) this.#write(instance, vectors[start + i] as IndexVector, pointer, i);
        instance.check(() => rows.add(pointer, count));
      });
      for (const id of ids.slice(start, start + count)) {
        this.#ids.push(id);
        this.#known.add(id);
      }
    }
  }

  /**
   * The items most similar to `vector`, best first; equal scores in the order the items were added.
   *
   * @param options.topK how many, at least 1; default 10.
   * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH, DISPOSED.
   *
   * @example
   * ```js
   * for (const { id, score } of index.search(query, { topK: 3 })) console.log(id, score);
   * ```
   */
  search(vector: IndexVector, options?: { topK?: number }): Hit[] {
    const { topK = 10 } = checkOptions(options);
    checkInteger(topK, "options.topK", 1, Number.MAX_SAFE_INTEGER);
    this.#checkVector(vector, "vector");
    const { instance, rows } = this.#live();
    if (this.size === 0) return [];
    return instance.withMemory(4 * this.dimensions, (pointer) => {
      this.#write(instance, vector, pointer, 0);
      instance.check(() => rows.search(pointer, Math.min(topK, this.size)));
      const hits = instance.run(() => rows.hitIds().slice());
      const scores = instance.run(() => rows.hitScores().slice());
      return Array.from(hits, (row, i) => ({ id: this.#ids[row] as ItemId, score: scores[i] as number }));
    });
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

  #write(instance: Instance, vector: IndexVector, pointer: number, row: number): void {
    instance.run((native) => native.HEAPF32.set(vector, pointer / 4 + row * this.dimensions));
  }

  #checkItems(ids: readonly ItemId[], vectors: readonly IndexVector[]): void {
    if (!Array.isArray(vectors)) throw invalid(`vectors must be an array, not ${typeName(vectors)}`);
    if (ids.length !== vectors.length) {
      throw invalid(`there are ${ids.length} ids but ${vectors.length} vectors`);
    }
    const fresh = new Set<ItemId>();
    for (const [i, id] of ids.entries()) {
      if (typeof id !== "string" && typeof id !== "number") {
        throw invalid(`ids[${i}] must be a string or number, not ${typeName(id)}`, i);
      }
      if (this.#known.has(id) || fresh.has(id)) throw invalid(`ids[${i}] (${JSON.stringify(id)}) is already there`, i);
      fresh.add(id);
      this.#checkVector(vectors[i], `vectors[${i}]`, i);
    }
  }

  #checkVector(vector: unknown, name: string, at?: number): void {
    if (!(vector instanceof Float32Array) && !Array.isArray(vector)) {
      throw invalid(`${name} must be a Float32Array or an array of numbers, not ${typeName(vector)}`, at);
    }
    if (vector.length !== this.dimensions) {
      const message = `${name} has ${vector.length} dimensions, the index has ${this.dimensions}`;
      throw new KinvecError("DIMENSION_MISMATCH", message, { at });
    }
    // Infinite and NaN scores could not be ordered.
    const bad = vector.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw invalid(`${name}[${bad}] is ${vector[bad]}, not a finite number`, at);
  }
}
