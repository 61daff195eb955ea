// The eigenvectors of a symmetric matrix: Householder's reflections make it tridiagonal, QL steps with implicit shifts
// make that diagonal (Golub and Van Loan, Matrix Computations, chapter 8.3). Additions, multiplications, divisions and
// square roots in a fixed order, so the result is the same everywhere.
import { type OnShare, part } from "../convert/share.ts";
import { doubles } from "./rows.ts";

/** Of a matrix whose largest entry is 1: what adding it to one changes nothing. */
const kNegligible = 2 ** -54;
/** QL steps for one eigenvalue; two are usual. */
const kMostSteps = 60;

/** Eigenvalues in no order, and the eigenvector of each. */
export interface Eigenpairs {
  values: Float64Array; // [width]
  /** The eigenvector of value `i`. [width] */
  vector(i: number): Float64Array;
}

/** @param matrix symmetric, [width, width], overwritten */
export async function eigenpairs(matrix: Float64Array, width: number, onShare: OnShare): Promise<Eigenpairs> {
  const largest = matrix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest > 0) for (let i = 0; i < matrix.length; i++) matrix[i] = at(matrix, i) / largest;
  const factors = new Float64Array(width); // 2 / |v|^2 of the reflection of each step
  const off = await tridiagonalise(matrix, width, factors, part(onShare, 0, 0.4));
  const values = Float64Array.from({ length: width }, (_, i) => at(matrix, i * width + i));
  const rows = await diagonalise(values, off, part(onShare, 0.4, 1));
  return {
    values: values.map((value) => value * largest),
    vector(i) {
      const vector = rows.slice(i * width, (i + 1) * width);
      for (let k = width - 3; k >= 0; k--) reflect(vector, matrix, k * width, k + 1, at(factors, k));
      return vector;
    },
  };
}

/**
 * Leaves the diagonal in its place, and in each row behind it the vector of the reflection that made it so.
 * @returns what stands beside the diagonal, [width]
 */
async function tridiagonalise(
  matrix: Float64Array,
  width: number,
  factors: Float64Array,
  onShare: OnShare,
): Promise<Float64Array> {
  const off = new Float64Array(width);
  const product = new Float64Array(width); // of the matrix that is left and the reflection's vector
  for (let k = 0; k + 2 < width; k++) {
    if (k % 8 === 0) await onShare(k / width);
    const start = k * width;
    const first = at(matrix, start + k + 1);
    let rest = 0;
    for (let j = k + 2; j < width; j++) rest += at(matrix, start + j) ** 2;
    off[k] = first;
    if (rest <= kNegligible ** 2) continue;
    const length = Math.sqrt(first * first + rest);
    // So that nothing is lost by subtracting what is nearly as large.
    const head = first <= 0 ? first - length : -rest / (first + length);
    const factor = 2 / (head * head + rest);
    matrix[start + k + 1] = head;
    off[k] = length;
    factors[k] = factor;
    subtractReflected(matrix, width, k, factor, product);
  }
  if (width > 1) off[width - 2] = at(matrix, (width - 2) * width + width - 1);
  return off;
}

/** (I - f v v') A (I - f v v') of the rows and columns behind k, v being what stands in row k there. */
function subtractReflected(
  matrix: Float64Array,
  width: number,
  k: number,
  factor: number,
  product: Float64Array,
): void {
  const v = k * width;
  let along = 0;
  for (let i = k + 1; i < width; i++) {
    const row = i * width;
    let sum = 0;
    for (let j = k + 1; j < width; j++) sum += at(matrix, row + j) * at(matrix, v + j);
    product[i] = factor * sum;
    along += factor * sum * at(matrix, v + i);
  }
  for (let i = k + 1; i < width; i++) product[i] = at(product, i) - 0.5 * factor * along * at(matrix, v + i);
  for (let i = k + 1; i < width; i++) {
    const row = i * width;
    const own = at(matrix, v + i);
    const other = at(product, i);
    for (let j = k + 1; j < width; j++) {
      matrix[row + j] = at(matrix, row + j) - (own * at(product, j) + other * at(matrix, v + j));
    }
  }
}

/** vector - f v (v' vector), v being matrix[start + from ...] */
function reflect(vector: Float64Array, matrix: Float64Array, start: number, from: number, factor: number): void {
  if (factor === 0) return;
  let sum = 0;
  for (let j = from; j < vector.length; j++) sum += at(vector, j) * at(matrix, start + j);
  sum *= factor;
  for (let j = from; j < vector.length; j++) vector[j] = at(vector, j) - sum * at(matrix, start + j);
}

/**
 * Turns the diagonal into the eigenvalues.
 * @returns the eigenvectors of the tridiagonal matrix, one in each row, [width, width]
 */
async function diagonalise(diagonal: Float64Array, off: Float64Array, onShare: OnShare): Promise<Float64Array> {
  const width = diagonal.length;
  const rows = doubles(width * width);
  for (let i = 0; i < width; i++) rows[i * width + i] = 1;
  for (let l = 0; l < width; l++) {
    // The first eigenvalues take steps through the whole matrix.
    if (l % 4 === 0) await onShare(1 - (1 - l / width) ** 2);
    for (let step = 0; step < kMostSteps; step++) {
      let m = l;
      while (m + 1 < width && !isSplit(diagonal, off, m)) m++;
      if (m === l) break;
      qlStep(diagonal, off, rows, l, m);
    }
  }
  return rows;
}

function isSplit(diagonal: Float64Array, off: Float64Array, m: number): boolean {
  const beside = Math.abs(at(diagonal, m)) + Math.abs(at(diagonal, m + 1));
  return Math.abs(at(off, m)) <= kNegligible * Math.max(1, beside);
}

/** One step on rows l to m, shifted by the eigenvalue of the first two that is nearer to the first (Wilkinson). */
function qlStep(diagonal: Float64Array, off: Float64Array, rows: Float64Array, l: number, m: number): void {
  const width = diagonal.length;
  const ratio = (at(diagonal, l + 1) - at(diagonal, l)) / (2 * at(off, l));
  const root = Math.sqrt(ratio * ratio + 1);
  let bulge = at(diagonal, m) - at(diagonal, l) + at(off, l) / (ratio + (ratio < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let moved = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * at(off, i);
    const b = cosine * at(off, i);
    const length = Math.sqrt(f * f + bulge * bulge);
    off[i + 1] = length;
    if (length === 0) {
      // The matrix has come apart here.
      diagonal[i + 1] = at(diagonal, i + 1) - moved;
      off[m] = 0;
      return;
    }
    sine = f / length;
    cosine = bulge / length;
    const g = at(diagonal, i + 1) - moved;
    const r = (at(diagonal, i) - g) * sine + 2 * cosine * b;
    moved = sine * r;
    diagonal[i + 1] = g + moved;
    bulge = cosine * r - b;
    turn(rows, i * width, (i + 1) * width, width, cosine, sine);
  }
  diagonal[l] = at(diagonal, l) - moved;
  off[l] = bulge;
  off[m] = 0;
}

/** Turns the pairs of values of two rows. */
function turn(rows: Float64Array, a: number, b: number, width: number, cosine: number, sine: number): void {
  for (let k = 0; k < width; k++) {
    const first = at(rows, a + k);
    const second = at(rows, b + k);
    rows[a + k] = cosine * first - sine * second;
    rows[b + k] = sine * first + cosine * second;
  }
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
