// The items of an index as directions from their mean. Sentence vectors share a large part that says nothing about
// taste; without it, the cosine of unrelated items is near 0, and several interests stay apart.
import { invalid, typeName } from "../arguments.ts";
import type { FlatIndex } from "../search/flat_index.ts";
import type { ItemId } from "../search/index_vectors.ts";
import type { PackedVector } from "./events.ts";
import { ItemWords } from "./item_words.ts";
import { WHITENING } from "./settings.ts";
import { addScaled, dot, lengthOf, scaled, unit, type Vector } from "./vectors.ts";
import { Whitening } from "./whitening.ts";

/** What of a `FlatIndex` the recommender needs. */
export type ItemIndex = Pick<
  FlatIndex,
  "dimensions" | "size" | "scores" | "fingerprint" | "revision" | "ids" | "get" | "scoreAll"
>;

/** How popular an item is: a count of views or sales, say. 0 or more. */
export type Popularity = (id: ItemId) => number;

/** What an item is about, in words. */
export type ItemText = (id: ItemId) => string;

/** Where something lies that a person may like. All of length 1, or 0 on the catalogue's mean. [dimensions] */
export interface Place {
  /** From the catalogue's mean. */
  direction: Vector;
  /** The same in the white space, where likings are compared. */
  white: Vector;
  /** Its product with an item's direction is that of `white` with the item in the white space. Not of length 1. */
  probe: Vector;
}

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
  readonly whitening: Whitening;
  /** Of the items' texts, where they are given. */
  readonly words: ItemWords | undefined;
  readonly #index: ItemIndex;
  readonly #rowOf: Map<ItemId, number>;
  /** Of the items; a sentence is made as long. */
  readonly #meanLength: number;
  readonly #meanDistance: number;
  readonly #directions = new Map<ItemId, Vector>();
  readonly #places = new Map<ItemId, Place>();

  constructor(index: ItemIndex, popularity: Popularity | undefined, text: ItemText | undefined) {
    this.#index = index;
    this.revision = index.revision;
    this.ids = index.ids();
    this.#rowOf = new Map(this.ids.map((id, row) => [id, row]));
    const { mean, squares } = readVectors(index, this.ids);
    this.mean = mean;
    const ofMean = dot(mean, mean);
    const meanOf = (value: (square: number) => number) =>
      squares.reduce((sum, square) => sum + value(square), 0) / Math.max(squares.length, 1);
    this.#meanLength = meanOf(Math.sqrt);
    // The mean square of the distances is that of the lengths, less the square of the mean's length.
    this.#meanDistance = Math.sqrt(Math.max(meanOf((square) => square) - ofMean, 0));
    const [products = []] = squares.length > 0 ? index.scoreAll([Float32Array.from(mean)]) : [];
    this.inverseLengths = Float32Array.from(squares, (square, row) => {
      const distance = Math.sqrt(Math.max(square - 2 * (products[row] as number) + ofMean, 0));
      return distance > kLeastDistance ? 1 / distance : 0;
    });
    this.whitening = new Whitening(this.#sample(), index.dimensions, WHITENING.ridge);
    this.hasPopularity = popularity !== undefined;
    this.popularity = popularity ? relative(this.ids, popularity) : new Float32Array(this.ids.length);
    this.words = text && new ItemWords(textsOf(this.ids, text));
  }

  /** The place of an item in the index' order, or undefined if it is not there. */
  rowOf(id: ItemId): number | undefined {
    return this.#rowOf.get(id);
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

  /** Of an item, or undefined if it is not there. */
  place(id: ItemId): Place | undefined {
    const known = this.#places.get(id);
    if (known) return known;
    const direction = this.direction(id);
    if (direction === undefined) return undefined;
    if (this.#places.size >= kMostKept) this.#places.clear();
    const place = this.placeOf(direction);
    this.#places.set(id, place);
    return place;
  }

  placeOf(direction: Vector): Place {
    const white = unit(this.whitening.whitened(direction));
    return { direction, white, probe: this.whitening.transposed(white) };
  }

  /** Items that lie evenly in the order of the index. */
  #sample(): Vector[] {
    const count = Math.min(WHITENING.sample, this.ids.length);
    return Array.from({ length: count }, (_, i) => {
      const id = this.ids[Math.floor((i * this.ids.length) / count)] as ItemId;
      return this.directionOf(this.#index.get(id) as Float32Array);
    });
  }

  /** Of any vector of the index' space. */
  directionOf(vector: Float32Array | Vector): Vector {
    const difference = new Float64Array(vector);
    addScaled(difference, -1, this.mean);
    return lengthOf(difference) > kLeastDistance ? unit(difference) : difference.fill(0);
  }

  /** Of a described sentence; undefined if it is of another model, which has nothing to do with this one's space. */
  placeOfPacked({ values, fingerprint }: PackedVector): Place | undefined {
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
    if (values.length !== this.mean.length || length === 0) return undefined;
    if (fingerprint && this.#index.fingerprint && fingerprint !== this.#index.fingerprint) return undefined;
    const direction = this.directionOf(Float64Array.from(values, (value) => (value / length) * this.#meanLength));
    return this.placeOf(direction);
  }

  /** A vector of length 1 in the index' space that lies where items of this direction do. */
  vectorTowards(direction: Vector): Float32Array {
    const vector = Float64Array.from(this.mean);
    addScaled(vector, this.#meanDistance, direction);
    return Float32Array.from(unit(vector));
  }

  /** The highest product of each item's distance from the mean with any of these vectors, nearly. [n_items] */
  highestProducts(vectors: readonly Vector[]): Float32Array {
    const highest = new Float32Array(this.ids.length).fill(-Infinity);
    const products = this.#index.scoreAll(vectors.map((vector) => Float32Array.from(vector)));
    for (const [i, scores] of products.entries()) {
      const ofMean = dot(vectors[i] as Vector, this.mean);
      for (let row = 0; row < scores.length; row++) {
        const product = (scores[row] as number) - ofMean;
        if (product > (highest[row] as number)) highest[row] = product;
      }
    }
    return highest;
  }
}

// Closer to the mean, the direction is that of rounding errors.
const kLeastDistance = 1e-6;
const kMostKept = 4096;

/** The mean of all vectors, and the square of each one's length. */
function readVectors(index: ItemIndex, ids: readonly ItemId[]): { mean: Vector; squares: Float64Array } {
  const mean = new Float64Array(index.dimensions);
  const squares = new Float64Array(ids.length);
  for (const [row, id] of ids.entries()) {
    const vector = index.get(id) as Float32Array;
    let square = 0;
    for (let i = 0; i < mean.length; i++) {
      const value = vector[i] as number;
      mean[i] = (mean[i] as number) + value;
      square += value * value;
    }
    squares[row] = square;
  }
  return { mean: scaled(mean, 1 / Math.max(ids.length, 1)), squares };
}

function textsOf(ids: readonly ItemId[], text: ItemText): string[] {
  return ids.map((id) => {
    const given: unknown = text(id);
    if (typeof given !== "string")
      throw invalid(`text(${JSON.stringify(id)}) must be a string, not ${typeName(given)}`);
    return given;
  });
}

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
