// Principal components of vectors that move while they are learned. Each look starts from the axes of the one before, so that the map
// turns with the words instead of jumping: the power method by a few rounds at a time, on both axes.
import { toSquare } from "./square.ts";

const ROUNDS = 4;

export class MovingPlane {
  #axes: Float64Array[] = []; // [2][dimensions]

  /** @param vectors [n][dimensions]. @returns [n, 2] in the square from 0 to 1 */
  places(vectors: readonly Float32Array[]): Float32Array {
    const dimensions = vectors[0]?.length ?? 0;
    const rows = centredUnits(vectors, dimensions);
    if (this.#axes[0]?.length !== dimensions) {
      this.#axes = [0, 1].map((axis) =>
        Float64Array.from({ length: dimensions }, (_, d) => Math.sin(1 + d + 5 * axis)),
      );
    }
    for (let round = 0; round < ROUNDS; round++) {
      const [first, second] = this.#axes.map((axis) => spreadAlong(rows, axis)) as [Float64Array, Float64Array];
      scaleToUnit(first);
      const share = dot(second, first);
      for (let d = 0; d < dimensions; d++) (second[d] as number) -= share * (first[d] as number);
      scaleToUnit(second);
      this.#axes = [first, second];
    }
    return toSquare(rows.flatMap((row) => this.#axes.map((axis) => dot(row, axis))));
  }
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

function scaleToUnit(vector: Float64Array): void {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0) for (let d = 0; d < vector.length; d++) (vector[d] as number) /= length;
}

/** The covariance of the rows times an axis, but for a factor. */
function spreadAlong(rows: readonly Float64Array[], axis: Float64Array): Float64Array {
  const sum = new Float64Array(axis.length);
  for (const row of rows) {
    const place = dot(row, axis);
    for (let d = 0; d < sum.length; d++) (sum[d] as number) += place * (row[d] as number);
  }
  return sum;
}

/** Vectors of length 1, less the mean of them. */
function centredUnits(vectors: readonly Float32Array[], dimensions: number): Float64Array[] {
  const mean = new Float64Array(dimensions);
  const units = vectors.map((vector) => {
    const unit = Float64Array.from(vector);
    scaleToUnit(unit);
    for (let d = 0; d < dimensions; d++) (mean[d] as number) += (unit[d] as number) / vectors.length;
    return unit;
  });
  for (const unit of units) for (let d = 0; d < dimensions; d++) (unit[d] as number) -= mean[d] as number;
  return units;
}
