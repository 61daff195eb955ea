// The items of an index as directions from their mean. Sentence vectors share a large part that says nothing about
// taste; without it, the cosine of unrelated items is near 0, and several interests stay apart.
import { invalid, typeName } from "../arguments.ts";
import type { FlatIndex } from "../search/flat_index.ts";
import type { ItemId } from "../search/index_vectors.ts";
import type { PackedVector } from "./events.ts";
import { addScaled, dot, unit, type Vector } from "./vectors.ts";

/** What of a `FlatIndex` the recommender needs. */
export type ItemIndex = Pick<
  FlatIndex,
  "dimensions" | "size" | "scores" | "fingerprint" | "revision" | "ids" | "get" | "scoreAll"
>;

/** How popular an item is: a count of views or sales, say. 0 or more. */
export type Popularity = (id: ItemId) => number;

/** A state of an index, read once. */
export class Catalogue {
  readonly revision: number;
  readonly ids: readonly ItemId[];
  /** [dimensions] */
  readonly mean: Vector;
  /** 1 / distance from the mean; 0 for an item that lies on it. [n_items] */
  readonly inverseLengths: Float32Array;
  /** From 0 to 1. [n_items] */
  readonly popularity: Float32Array;
  readonly hasPopularity: boolean;
  readonly #index: ItemIndex;
  readonly #rowOf: Map<ItemId, number>;
  /** Of the items; a sentence is made as long. */
  readonly #meanLength: number;
  readonly #meanDistance: number;
  readonly #directions = new Map<ItemId, Vector>();

  constructor(index: ItemIndex, popularity: Popularity | undefined) {
    this.#index = index;
    this.revision = index.revision;
    this.ids = index.ids();
    this.#rowOf = new Map(this.ids.map((id, row) => [id, row]));
    const squares = new Float64Array(this.ids.length);
    this.mean = new Float64Array(index.dimensions);
    for (const [row, id] of this.ids.entries()) {
      const vector = Float64Array.from(index.get(id) as Float32Array);
      addScaled(this.mean, 1 / this.ids.length, vector);
      squares[row] = dot(vector, vector);
    }
    this.#meanLength = squares.reduce((sum, square) => sum + Math.sqrt(square), 0) / this.ids.length;
    const [products = new Float32Array()] = this.ids.length > 0 ? index.scoreAll([Float32Array.from(this.mean)]) : [];
    const ofMean = dot(this.mean, this.mean);
    this.inverseLengths = Float32Array.from(squares, (square, row) => {
      const distance = Math.sqrt(Math.max(square - 2 * (products[row] as number) + ofMean, 0));
      return distance > kLeastDistance ? 1 / distance : 0;
    });
    // The mean square of the distances is that of the lengths, less the square of the mean's length.
    const meanSquare = squares.reduce((sum, square) => sum + square, 0) / this.ids.length;
    this.#meanDistance = Math.sqrt(Math.max(meanSquare - ofMean, 0));
    this.hasPopularity = popularity !== undefined;
    this.popularity = popularity ? relative(this.ids, popularity) : new Float32Array(this.ids.length);
  }

  rowOf(id: ItemId): number | undefined {
    return this.#rowOf.get(id);
  }

  popularityOf(id: ItemId): number {
    return this.popularity[this.#rowOf.get(id) ?? -1] ?? 0;
  }

  /** Of an item, or undefined if it is not there. Of length 1, unless the item lies on the mean. */
  direction(id: ItemId): Vector | undefined {
    const known = this.#directions.get(id);
    if (known) return known;
    const vector = this.#index.get(id);
    if (vector === undefined) return undefined;
    if (this.#directions.size >= kMostKept) this.#directions.clear();
    const direction = this.directionOf(vector);
    this.#directions.set(id, direction);
    return direction;
  }

  /** Of any vector of the index' space. */
  directionOf(vector: ArrayLike<number>): Vector {
    const difference = Float64Array.from(vector);
    addScaled(difference, -1, this.mean);
    const length = Math.sqrt(dot(difference, difference));
    return length > kLeastDistance ? unit(difference) : new Float64Array(difference.length);
  }

  /** Of a described sentence; undefined if it is of another model, which has nothing to do with this one's space. */
  directionOfPacked({ values, fingerprint }: PackedVector): Vector | undefined {
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    if (values.length !== this.mean.length || length === 0) return undefined;
    if (fingerprint && this.#index.fingerprint && fingerprint !== this.#index.fingerprint) return undefined;
    return this.directionOf(Float64Array.from(values, (value) => (value / length) * this.#meanLength));
  }

  /** A vector of length 1 in the index' space that lies where items of this direction do. */
  vectorTowards(direction: Vector): Float32Array {
    const vector = Float64Array.from(this.mean);
    addScaled(vector, this.#meanDistance, direction);
    return Float32Array.from(unit(vector));
  }

  /** The product of each vector with each item's direction, nearly. [vectors][n_items] */
  products(vectors: readonly Vector[]): { offset: number; scores: Float32Array }[] {
    const scores = this.#index.scoreAll(vectors.map((vector) => Float32Array.from(vector)));
    return vectors.map((vector, i) => ({ offset: dot(vector, this.mean), scores: scores[i] as Float32Array }));
  }
}

// Closer to the mean, the direction is that of rounding errors.
const kLeastDistance = 1e-6;
const kMostKept = 4096;

/** Counts from 0 to 1, by their logarithms: ten times as popular is one step, whether of 10 or of 1000. */
function relative(ids: readonly ItemId[], popularity: Popularity): Float32Array {
  let most = 0;
  const counts = Float64Array.from(ids, (id) => {
    const count: unknown = popularity(id);
    if (typeof count !== "number" || !(count >= 0 && count < Infinity)) {
      const received = typeof count === "number" ? count : typeName(count);
      throw invalid(`popularity(${JSON.stringify(id)}) must be a number of 0 or more, not ${received}`);
    }
    most = Math.max(most, count);
    return count;
  });
  return Float32Array.from(counts, (count) => (most > 0 ? Math.log1p(count) / Math.log1p(most) : 0));
}
