// Principal component analysis: the directions along which rows vary most, by Jacobi's rotations. Slower than a
// tridiagonal form, but short, exact to the last places and the same everywhere: additions, multiplications, divisions
// and square roots in a fixed order.
import { type OnShare, part } from "../share.ts";

/** Rotations that no longer change the sum of squares off the diagonal, relative to that of all. */
const kNegligible = 1e-22;
const kMostSweeps = 30;
const kRowsPerReport = 256;

/**
 * The sums of products of columns. [width, width]
 * @param rows [n, width]
 * @param centre subtracted from each row, [width]
 */
export async function secondMoments(
  rows: Float32Array,
  width: number,
  centre: Float64Array,
  onShare: OnShare,
): Promise<Float64Array> {
  const n = rows.length / width;
  const moments = new Float64Array(width * width);
  const row = new Float64Array(width);
  for (let r = 0; r < n; r++) {
    if (r % kRowsPerReport === 0) await onShare(r / n);
    for (let i = 0; i < width; i++) row[i] = (rows[r * width + i] as number) - (centre[i] as number);
    for (let i = 0; i < width; i++) {
      const factor = row[i] as number;
      const start = i * width;
      for (let j = 0; j <= i; j++) moments[start + j] = at(moments, start + j) + factor * at(row, j);
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) moments[j * width + i] = at(moments, i * width + j);
  return moments;
}

/**
 * Eigenvectors of a symmetric matrix, largest eigenvalue first, each with its largest entry positive.
 * @param matrix [width, width], overwritten
 * @returns [count, width]
 */
export async function principalAxes(
  matrix: Float64Array,
  width: number,
  count: number,
  onShare: OnShare,
): Promise<Float64Array> {
  const axes = new Float64Array(width * width);
  for (let i = 0; i < width; i++) axes[i * width + i] = 1;
  const total = matrix.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < kMostSweeps; sweep++) {
    if (offDiagonal(matrix, width) <= kNegligible * total) break;
    for (let p = 0; p < width; p++) {
      if (p % 16 === 0) await part(onShare, 1 - 0.75 ** sweep, 1 - 0.75 ** (sweep + 1))(p / width);
      for (let q = p + 1; q < width; q++) rotate(matrix, axes, width, p, q);
    }
  }
  const order = Array.from({ length: width }, (_, i) => i);
  order.sort((a, b) => at(matrix, b * width + b) - at(matrix, a * width + a));
  const chosen = new Float64Array(count * width);
  for (const [place, index] of order.slice(0, count).entries()) {
    const axis = axes.subarray(index * width, (index + 1) * width);
    const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    chosen.set(largest < 0 ? axis.map((value) => -value) : axis, place * width);
  }
  return chosen;
}

function offDiagonal(matrix: Float64Array, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) sum += 2 * at(matrix, i * width + j) ** 2;
  return sum;
}

/** Makes entry (p, q) zero. The rows of `axes` are the eigenvectors so far. */
function rotate(matrix: Float64Array, axes: Float64Array, width: number, p: number, q: number): void {
  const entry = at(matrix, p * width + q);
  if (entry === 0) return;
  const ratio = (at(matrix, q * width + q) - at(matrix, p * width + p)) / (2 * entry);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  mix(matrix, p * width, q * width, 1, width, cosine, sine);
  mix(matrix, p, q, width, width, cosine, sine);
  mix(axes, p * width, q * width, 1, width, cosine, sine);
}

/** Turns the pairs of `count` values at a, a + step, ... and b, b + step, ... */
function mix(values: Float64Array, a: number, b: number, step: number, count: number, c: number, s: number): void {
  for (let k = 0; k < count; k++) {
    const first = at(values, a + k * step);
    const second = at(values, b + k * step);
    values[a + k * step] = c * first - s * second;
    values[b + k * step] = s * first + c * second;
  }
}

/** Coordinates of rows along axes. [n, count]
 * @param rows [n, width]
 * @param axes [count, width]
 * @param centre subtracted from each row, [width]
 */
export function project(rows: Float32Array, axes: Float64Array, width: number, centre: Float64Array): Float32Array {
  const n = rows.length / width;
  const count = axes.length / width;
  const projected = new Float32Array(n * count);
  for (let r = 0; r < n; r++) {
    const row = Float64Array.from(rows.subarray(r * width, (r + 1) * width), (value, i) => value - at(centre, i));
    for (let a = 0; a < count; a++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += at(row, i) * at(axes, a * width + i);
      projected[r * count + a] = sum;
    }
  }
  return projected;
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
