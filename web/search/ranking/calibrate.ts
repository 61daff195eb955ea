// What a score is worth: how a query scores items that have nothing to do with it.
import { checkInteger, checkOptions, invalid, typeName } from "../../arguments.ts";
import { drawSample } from "../../random.ts";
import { checkRange } from "../checks.ts";
import {
  checkSameModel,
  checkVector,
  type EmbeddedVectors,
  type IndexVector,
  type ItemId,
  isEmbedded,
  onlyVector,
} from "../index_vectors.ts";

/** Options of `calibrate`. */
export interface CalibrateOptions {
  /** How many items of the index stand for all, 1 to 100000; default 1000. */
  sample?: number | undefined;
  /** Chooses which: the same seed, the same items. An integer from 0 to 2^32 - 1; default 1. */
  seed?: number | undefined;
}

/** What `calibrate` needs of an index. */
export interface CalibratedIndex {
  readonly dimensions: number;
  readonly fingerprint?: string | undefined;
  /** `"approximate"`: it keeps no vectors, and has `scoreAll` instead. */
  readonly scores?: "exact" | "approximate";
  ids(): ItemId[];
  get(id: ItemId): IndexVector | undefined;
  scoreAll?(vectors: readonly IndexVector[]): Float32Array[];
}

// The scores of the upper fifth of unrelated items fall off exponentially; docs/site/guides/search.md has the measurements.
const kTail = 1 / 5;
const kLeastInTail = 5;
const kDeviationPerMad = 1.4826; // of a normal distribution

/**
 * Looks at a sample of an index, so that scores can be judged: models give unrelated texts scores of anything from 0 to
 * 0.8, and each query others. What is added to the index later counts only after another call.
 *
 * @throws KinvecError INVALID_ARGUMENT, DISPOSED.
 *
 * @example
 * ```js
 * const query = await model.embed("something hot", { role: "query" });
 * const background = calibrate(index).of(query);
 * const related = index.search(query).filter(({ score }) => background.confidence(score) >= 0.95);
 * ```
 */
export function calibrate(index: CalibratedIndex, options?: CalibrateOptions): Calibration {
  if (typeof index?.ids !== "function" || typeof index.get !== "function") {
    throw invalid(`index must be an index, not ${typeName(index)}`);
  }
  const { sample = 1000, seed = 1 } = checkOptions(options);
  checkInteger(sample, "options.sample", 1, 100_000);
  checkInteger(seed, "options.seed", 0, 2 ** 32 - 1);
  const ids = index.ids();
  const count = Math.min(sample, ids.length);
  if (index.scores === "approximate" && index.scoreAll) {
    const all = index.scoreAll.bind(index);
    return new Calibration(index, ids.length, (vector) => drawSample([...(all([vector])[0] ?? [])], count, seed));
  }
  const rows = drawSample(ids, count, seed).map((id) => index.get(id) as IndexVector);
  return new Calibration(index, ids.length, (vector) => rows.map((row) => dot(row, vector)));
}

/** A sample of an index; made by `calibrate`. */
export class Calibration {
  readonly #index: Pick<CalibratedIndex, "dimensions" | "fingerprint">;
  readonly #items: number;
  readonly #scoresOf: (query: IndexVector) => number[];

  /** @internal Use `calibrate`. */
  constructor(
    index: Pick<CalibratedIndex, "dimensions" | "fingerprint">,
    items: number,
    scoresOf: (query: IndexVector) => number[],
  ) {
    this.#index = index;
    this.#items = items;
    this.#scoresOf = scoresOf;
  }

  /**
   * How this query scores items of all kinds, whatever it is about.
   *
   * @throws KinvecError INVALID_ARGUMENT, DIMENSION_MISMATCH, MODEL_MISMATCH.
   */
  of(query: IndexVector | EmbeddedVectors): Background {
    checkSameModel(query, this.#index.fingerprint);
    const vector = isEmbedded(query) ? onlyVector(query) : query;
    checkVector(vector, this.#index.dimensions, "query");
    return new Background(Float64Array.from(this.#scoresOf(vector)).sort(), this.#items);
  }
}

/** How one query scores items that have nothing to do with it; made by `Calibration.of`. */
export class Background {
  readonly #scores: Float64Array; // [sample], ascending
  readonly #items: number;
  readonly #middle: number;
  readonly #deviation: number;
  readonly #tail: { share: number; start: number; mean: number };

  /** @internal Use `Calibration.of`. */
  constructor(scores: Float64Array, items: number) {
    this.#scores = scores;
    this.#items = items;
    this.#middle = median(scores);
    this.#deviation = kDeviationPerMad * median(scores.map((score) => Math.abs(score - this.#middle)).sort());
    const inTail = Math.max(0, Math.min(Math.max(Math.ceil(kTail * scores.length), kLeastInTail), scores.length - 1));
    const start = scores[scores.length - 1 - inTail] ?? 0;
    const beyond = scores.subarray(scores.length - inTail).map((score) => score - start);
    // By the median, since some of the sample may be related after all.
    this.#tail = { share: inTail / scores.length, start, mean: median(beyond) / Math.LN2 };
  }

  /**
   * How far a score lies above the middle one, in deviations (by the median and the median deviation from it).
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  z(score: number): number {
    checkRange(score, "score", Number.MAX_VALUE, -Number.MAX_VALUE);
    const above = score - this.#middle;
    return above === 0 ? 0 : above / this.#deviation;
  }

  /**
   * How many items of the whole index would score as high if none had to do with the query.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  expected(score: number): number {
    checkRange(score, "score", Number.MAX_VALUE, -Number.MAX_VALUE);
    if (this.#items === 0) return 0;
    const { share, start, mean } = this.#tail;
    if (score > start) return this.#items * share * Math.exp((start - score) / mean);
    return (this.#items * this.#scores.filter((other) => other >= score).length) / this.#scores.length;
  }

  /**
   * How sure one can be that an item of this score has to do with the query, 0 to 1: how likely it is that not one item of
   * the index would score as high if none had to do with it. So of searches for what an index does not have, 5 in 100 find
   * a hit of a confidence of 0.95 or more, whatever the model and the query.
   *
   * @throws KinvecError INVALID_ARGUMENT.
   */
  confidence(score: number): number {
    return Math.exp(-this.expected(score));
  }
}

function dot(a: IndexVector, b: IndexVector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function median(ascending: Float64Array): number {
  const upper = ascending[ascending.length >> 1] ?? 0;
  return ascending.length % 2 === 1 ? upper : (upper + (ascending[(ascending.length >> 1) - 1] ?? 0)) / 2;
}
