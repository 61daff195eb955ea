// Principal component analysis: the directions along which rows vary most. Sums in doubles and in a fixed order.
import { type OnShare, part } from "../convert/share.ts";
import { doubles } from "./rows.ts";
import { eigenpairs } from "./tridiagonal.ts";

const kRowsPerReport = 64;

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
  const moments = doubles(width * width);
  // Four at a time, so that a sum is fetched and put back a quarter as often. Those behind the last are zeros.
  const [a, b, c, d] = Array.from({ length: 4 }, () => new Float64Array(width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let r = 0; r < n; r += 4) {
    if (r % kRowsPerReport === 0) await onShare(r / n);
    for (const [i, row] of [a, b, c, d].entries()) {
      if (r + i >= n) row.fill(0);
      else for (let j = 0; j < width; j++) row[j] = (rows[(r + i) * width + j] as number) - at(centre, j);
    }
    for (let i = 0; i < width; i++) {
      const start = i * width;
      const [ai, bi, ci, di] = [at(a, i), at(b, i), at(c, i), at(d, i)];
      for (let j = 0; j <= i; j++) {
        moments[start + j] = at(moments, start + j) + (ai * at(a, j) + bi * at(b, j) + ci * at(c, j) + di * at(d, j));
      }
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) moments[j * width + i] = at(moments, i * width + j);
  return moments;
}

/** The mean of rows. [width] */
export function meanRow(rows: Float32Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let start = 0; start < rows.length; start += width) {
    for (let i = 0; i < width; i++) mean[i] = at(mean, i) + (rows[start + i] as number);
  }
  return mean.map((sum) => sum / (rows.length / width));
}

/** Directions, and the eigenvalue of each. */
export interface Axes {
  axes: Float64Array; // [count, width]
  values: Float64Array; // [count]
}

/**
 * Eigenvectors of a symmetric matrix, largest eigenvalue first, each with its largest entry positive.
 * @param matrix [width, width], overwritten
 */
export async function principalAxes(
  matrix: Float64Array,
  width: number,
  count: number,
  onShare: OnShare,
): Promise<Axes> {
  const { values, vector } = await eigenpairs(matrix, width, part(onShare, 0, 0.95));
  const order = Array.from(values.keys());
  order.sort((a, b) => at(values, b) - at(values, a));
  const chosen = doubles(count * width);
  for (const [place, index] of order.slice(0, count).entries()) {
    if (place % 16 === 0) await onShare(0.95 + (0.05 * place) / count);
    const axis = vector(index);
    const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
    chosen.set(largest < 0 ? axis.map((value) => -value) : axis, place * width);
  }
  return { axes: chosen, values: Float64Array.from(order.slice(0, count), (index) => at(values, index)) };
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
  const row = new Float64Array(width);
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < width; i++) row[i] = (rows[r * width + i] as number) - at(centre, i);
    const own = projected.subarray(r * count, (r + 1) * count);
    let a = 0;
    // Four sums side by side: one alone would wait for each of its additions.
    for (; a + 4 <= count; a += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let i = 0, place = a * width; i < width; i++, place++) {
        const value = at(row, i);
        s0 += value * at(axes, place);
        s1 += value * at(axes, place + width);
        s2 += value * at(axes, place + 2 * width);
        s3 += value * at(axes, place + 3 * width);
      }
      own.set([s0, s1, s2, s3], a);
    }
    for (; a < count; a++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += at(row, i) * at(axes, a * width + i);
      own[a] = sum;
    }
  }
  return projected;
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
