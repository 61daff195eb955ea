// A fitted principal component analysis: shortens vectors, and is saved and loaded.
import { invalid, typeName } from "../arguments.ts";
import { isA } from "../realms.ts";
import { checkSameModel, type EmbeddedVectors, type IndexVector, isEmbedded } from "../search/index_vectors.ts";
import { checksumOf, type PcaState, readPca, writePca } from "./pca_file.ts";
import { project } from "./principal_axes.ts";
import { checkRows, normalise, type Vectors } from "./rows.ts";

/** Of the largest variance: along a direction that has less, the vectors of the fit do not vary but for rounding. */
const kNoVariance = 1e-12;

/**
 * A fitted principal component analysis, as `fitPca` answers it. Fields have the names of scikit-learn's `PCA`. It is never
 * changed, so it needs no `dispose`.
 */
export class Pca {
  readonly #state: PcaState;
  readonly #scales: Float64Array; // of the coordinates, [dimensions]
  readonly #checksum: string;

  /** @internal */
  constructor(state: PcaState) {
    this.#state = state;
    const least = kNoVariance * (state.explainedVariance[0] ?? 0);
    this.#scales = state.explainedVariance.map((variance) => {
      if (!state.whiten) return 1;
      return variance > least ? 1 / Math.sqrt(variance) : 0;
    });
    this.#checksum = checksumOf(state);
  }

  /** Length of the vectors it answers. */
  get dimensions(): number {
    return this.#state.explainedVariance.length;
  }

  /** Length of the vectors it takes. */
  get inputDimensions(): number {
    return this.#state.mean.length;
  }

  /** Whether every coordinate is divided by its standard deviation. */
  get whiten(): boolean {
    return this.#state.whiten;
  }

  /** Whether answers are scaled to length 1. */
  get normalize(): boolean {
    return this.#state.normalize;
  }

  /** The mean of the vectors of the fit, taken from each vector. [inputDimensions] */
  get mean(): Float32Array {
    return Float32Array.from(this.#state.mean);
  }

  /** The principal axes, each of length 1, that of the largest variance first. [dimensions][inputDimensions] */
  get components(): Float32Array[] {
    const { inputDimensions: width } = this;
    return Array.from({ length: this.dimensions }, (_, i) =>
      Float32Array.from(this.#state.components.subarray(i * width, (i + 1) * width)),
    );
  }

  /** The variance of the vectors of the fit along each axis, by n - 1. [dimensions] */
  get explainedVariance(): Float64Array {
    return this.#state.explainedVariance.slice();
  }

  /** Its share of the variance in all directions; zeros where there is none. [dimensions] */
  get explainedVarianceRatio(): Float64Array {
    const { totalVariance } = this.#state;
    return this.#state.explainedVariance.map((variance) => (totalVariance > 0 ? variance / totalVariance : 0));
  }

  /**
   * The fingerprint of the vectors it answers, for `createIndex`, so that an index refuses those of another model or
   * another fit. Undefined where nothing is known of the vectors of the fit, as if they are given without what `embed`
   * says of them.
   */
  get fingerprint(): string | undefined {
    return this.#state.fingerprint ? this.#shortened(this.#state.fingerprint) : undefined;
  }

  /**
   * The coordinates of vectors along the axes, each vector's alone: for a list of vectors a list, and for what `embed` answered
   * the like, which an index takes as it takes that.
   *
   * A vector that is the mean has zeros. Whitened, so has every vector along axes along which those of the fit did not vary.
   *
   * @param vectors [n][inputDimensions]
   * @returns [n][dimensions]
   * @throws KinvecError INVALID_ARGUMENT (`at` is the vector), DIMENSION_MISMATCH; MODEL_MISMATCH for vectors of another
   *   model than those of the fit.
   *
   * @example
   * ```js
   * const [short] = pca.transform([vector]);
   * index.search(pca.transform(await model.embed("a cat")));
   * ```
   */
  transform(vectors: readonly IndexVector[]): Float32Array[];
  transform(embedded: EmbeddedVectors): EmbeddedVectors;
  transform(given: Vectors): Float32Array[] | EmbeddedVectors;
  transform(given: Vectors): Float32Array[] | EmbeddedVectors {
    const rows = checkRows(given, this.inputDimensions, "those of the fit had");
    checkSameModel(given, this.#state.fingerprint);
    const vectors = rows.map((row) => this.#coordinates(row));
    if (!isEmbedded(given)) return vectors;
    return { vectors, fingerprint: given.fingerprint && this.#shortened(given.fingerprint) };
  }

  /**
   * The analysis as bytes: 4 for each number of `mean` and `components`. What is loaded from them answers the same bits.
   *
   * @example
   * ```js
   * await writeFile("texts.pca", pca.save());
   * const same = Pca.load(await readFile("texts.pca"));
   * ```
   */
  save(): Uint8Array<ArrayBuffer> {
    return writePca(this.#state);
  }

  /**
   * An analysis from the bytes that `save` answered.
   *
   * @throws KinvecError INVALID_ARGUMENT for what is no bytes; MODEL_FORMAT, MODEL_VERSION, MODEL_HASH.
   */
  static load(bytes: Uint8Array | ArrayBuffer): Pca {
    if (!isA(bytes, "Uint8Array", "ArrayBuffer")) {
      throw invalid(`bytes must be a Uint8Array or ArrayBuffer, not ${typeName(bytes)}`);
    }
    return new Pca(readPca(isA(bytes, "ArrayBuffer") ? new Uint8Array(bytes) : bytes));
  }

  #coordinates(vector: IndexVector): Float32Array {
    const { mean, components, normalize } = this.#state;
    const coordinates = project(Float32Array.from(vector), components, mean.length, mean);
    for (const [i, scale] of this.#scales.entries()) coordinates[i] = (coordinates[i] as number) * scale;
    return normalize ? normalise(coordinates) : coordinates;
  }

  #shortened(fingerprint: string): string {
    return `${fingerprint}-pca-${this.#checksum}`;
  }
}
