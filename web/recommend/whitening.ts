// Whitening: the space in which the catalogue's items lie alike in all directions. What many items share (the style of
// their texts, say) says little about a taste and is made small there, what few share is made large. Products in that
// space are those of linear discriminant analysis: they tell what a person chose from the catalogue as a whole.
import type { Vector } from "./vectors.ts";

/**
 * The inverse of the Cholesky factor of the items' covariance, as forward and backward substitution. Fewer items than
 * dimensions say nothing of most directions; whitened, all of them would lie alike far apart. So they are left as they are.
 */
export class Whitening {
  readonly #factor: Float64Array | undefined; // lower triangle by rows, [dimensions][dimensions]
  readonly #dimensions: number;
  #scale = 1;

  /**
   * @param directions a sample of the items, of mean 0 nearly [n_sample][dimensions]
   * @param ridge what is added to each variance, in mean variances, for a sample without end. A small sample is trusted
   *   less: it has directions in which it does not vary at all.
   */
  constructor(directions: readonly Vector[], dimensions: number, ridge: number) {
    this.#dimensions = dimensions;
    if (directions.length < dimensions) return;
    const covariance = covarianceOf(directions, dimensions);
    let trace = 0;
    for (let i = 0; i < dimensions; i++) trace += covariance[i * dimensions + i] as number;
    const added = trace > 0 ? (trace / dimensions) * (ridge + dimensions / directions.length) : 1;
    for (let i = 0; i < dimensions; i++) {
      covariance[i * dimensions + i] = (covariance[i * dimensions + i] as number) + added;
    }
    this.#factor = cholesky(covariance, dimensions);
    // The mean square of the whitened lengths is the trace of the inverse of (C + added I) times C.
    const square = dimensions - added * traceOfInverse(this.#factor, dimensions);
    if (trace > 0) this.#scale = 1 / Math.sqrt(square);
  }

  /** A direction in the white space, where items have length 1 in the mean of squares. */
  whitened(direction: Vector): Vector {
    const factor = this.#factor;
    if (!factor) return direction;
    const n = this.#dimensions;
    const result = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let sum = (direction[i] as number) * this.#scale;
      for (let j = 0; j < i; j++) sum -= (factor[i * n + j] as number) * (result[j] as number);
      result[i] = sum / (factor[i * n + i] as number);
    }
    return result;
  }

  /** The vector whose product with any direction is that of `probe` with the whitened one. */
  transposed(probe: Vector): Vector {
    const factor = this.#factor;
    if (!factor) return probe;
    const n = this.#dimensions;
    const result = Float64Array.from(probe, (value) => value * this.#scale);
    for (let i = n - 1; i >= 0; i--) {
      const value = (result[i] as number) / (factor[i * n + i] as number);
      result[i] = value;
      for (let j = 0; j < i; j++) result[j] = (result[j] as number) - (factor[i * n + j] as number) * value;
    }
    return result;
  }
}

/** Mean of the products of components; the lower triangle. */
function covarianceOf(directions: readonly Vector[], n: number): Float64Array {
  const covariance = new Float64Array(n * n);
  const none = new Float64Array(n);
  // Four at a time, so that a sum is fetched and put back a quarter as often.
  for (let at = 0; at < directions.length; at += 4) {
    const [a = none, b = none, c = none, d = none] = directions.slice(at, at + 4);
    for (let i = 0; i < n; i++) {
      const [ai, bi, ci, di] = [a[i] as number, b[i] as number, c[i] as number, d[i] as number];
      for (let j = 0, place = i * n; j <= i; j++, place++) {
        const sum = ai * (a[j] as number) + bi * (b[j] as number) + ci * (c[j] as number) + di * (d[j] as number);
        covariance[place] = (covariance[place] as number) + sum;
      }
    }
  }
  for (let place = 0; place < covariance.length; place++) {
    covariance[place] = (covariance[place] as number) / directions.length;
  }
  return covariance;
}

/** Of L L', given L: the sum of squares of the inverse of L, which is found column by column. */
function traceOfInverse(factor: Float64Array, n: number): number {
  let trace = 0;
  const column = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    for (let i = k; i < n; i++) {
      let sum = i === k ? 1 : 0;
      for (let j = k; j < i; j++) sum -= (factor[i * n + j] as number) * (column[j] as number);
      const value = sum / (factor[i * n + i] as number);
      column[i] = value;
      trace += value * value;
    }
  }
  return trace;
}

/** In place, of a positive definite matrix of which the lower triangle is given. */
function cholesky(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (matrix[i * n + k] as number) * (matrix[j * n + k] as number);
      matrix[i * n + j] = i === j ? Math.sqrt(sum) : sum / (matrix[j * n + j] as number);
    }
  }
  return matrix;
}
