// Rounding with error feedback (GPTQ; Frantar et al., 2023): the columns of a weight matrix are rounded one after
// another, and what rounding does to the layer's outputs is made good, as far as can be, by the columns still to come.
//
// H, the second moments of the inputs, gives the expected squared change of an output: e^T H e, where e are the errors
// of its row of weights. Written as U^T D U, with a unit upper triangle U, it is the sum over columns i of
// D_i (e_i + sum of U_ik e_k over k > i)^2. So each weight, from the last column to the first, is rounded to where its
// own bracket vanishes. (GPTQ reaches the same weights by updates with the inverse of H; that both are Babai's nearest
// plane: Chen et al., The Geometry of LLM Quantization, 2025.)
import { GROUP, type Grid } from "./grids.ts";
import type { OnShare } from "./share.ts";

/** U and D of H = U^T D U. */
export interface Feedback {
  /** U, [columns, columns]; entries right of the diagonal count. */
  upper: Float32Array;
  /** D, [columns] */
  diagonal: Float64Array;
}

/** Part of the mean second moment that is added to each: directions that calibration has not seen are not free. */
const kDamping = 0.03;

/** Sums that run side by side: one alone would wait for each of its additions. */
const kLanes = 4;

/** Rows of work between two reports. */
const kRowsPerReport = 64;

/**
 * @param moments second moments of the inputs, [columns, columns], lower triangle
 * @param scales divide the inputs, [columns]
 */
export async function factorize(moments: Float32Array, scales: Float32Array, onShare: OnShare): Promise<Feedback> {
  const n = scales.length;
  const h = new Float32Array(n * n);
  let trace = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) h[i * n + j] = at(moments, i * n + j) / (at(scales, i) * at(scales, j));
    trace += at(h, i * n + i);
  }
  const damping = trace > 0 ? (kDamping * trace) / n : 1;
  for (let i = 0; i < n; i++) h[i * n + i] = at(h, i * n + i) + damping;

  for (let i = 0; i < n; i++) {
    if (i % kRowsPerReport === 0) await onShare((i / n) ** 3);
    choleskyRow(h, n, i);
  }
  const diagonal = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const root = at(h, i * n + i);
    diagonal[i] = root * root;
    for (let k = i + 1; k < n; k++) h[i * n + k] = at(h, k * n + i) / root;
  }
  return { upper: h, diagonal };
}

/** Row i of L, H = L L^T, in the place of H's lower triangle; the rows above are there already. */
function choleskyRow(h: Float32Array, n: number, i: number): void {
  const row = i * n;
  for (let start = 0; start <= i; start += kLanes) {
    const sums = dots(h, row, start * n, n, start);
    for (let j = start; j < start + kLanes && j <= i; j++) {
      let rest = at(h, row + j) - at(sums, j - start);
      for (let k = start; k < j; k++) rest -= at(h, row + k) * at(h, j * n + k);
      h[row + j] = j < i ? rest / at(h, j * n + j) : Math.sqrt(rest);
    }
  }
}

const kDots = new Float64Array(kLanes);

/** Products of the `count` values at `a` with those at `b`, b + stride, ...: kLanes sums. */
function dots(values: Float32Array, a: number, b: number, stride: number, count: number): Float64Array {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let k = 0; k < count; k++) {
    const value = at(values, a + k);
    s0 += value * at(values, b + k);
    s1 += value * at(values, b + stride + k);
    s2 += value * at(values, b + 2 * stride + k);
    s3 += value * at(values, b + 3 * stride + k);
  }
  kDots.set([s0, s1, s2, s3]);
  return kDots;
}

/**
 * Rounds a matrix to a grid; without feedback each weight for itself.
 *
 * @param weights [rows, columns]; become the rounded ones
 */
export async function roundToGrid(
  weights: Float32Array,
  columns: number,
  grid: Grid,
  feedback: Feedback | undefined,
  onShare: OnShare,
): Promise<void> {
  const rows = weights.length / columns;
  for (let row = 0; row < rows; row += kLanes) {
    if (row % kRowsPerReport === 0) await onShare(row / rows);
    const count = Math.min(kLanes, rows - row);
    if (feedback) new FeedbackRows(weights, columns, row, count, feedback).round(grid);
    else for (let lane = 0; lane < count; lane++) roundRow(weights, columns, row + lane, grid);
  }
}

const kEqual = new Float64Array(GROUP).fill(1);

function roundRow(weights: Float32Array, columns: number, row: number, grid: Grid): void {
  for (let start = 0; start < columns; start += GROUP) {
    const end = Math.min(start + GROUP, columns);
    const wanted = Float64Array.from(weights.subarray(row * columns + start, row * columns + end));
    grid.fit(row, start, wanted, kEqual);
    for (let c = start; c < end; c++) weights[row * columns + c] = grid.put(row, c, at(wanted, c - start));
  }
}

/** A few rows of a matrix on their way to the grid. */
class FeedbackRows {
  readonly #weights: Float32Array;
  readonly #columns: number;
  readonly #row: number;
  readonly #count: number;
  readonly #feedback: Feedback;
  readonly #errors: Float64Array; // exact less rounded, [columns, kLanes]
  readonly #behind = new Float64Array(GROUP * kLanes); // sum of U_ik e_k over the columns behind a group

  constructor(weights: Float32Array, columns: number, row: number, count: number, feedback: Feedback) {
    this.#weights = weights;
    this.#columns = columns;
    this.#row = row;
    this.#count = count;
    this.#feedback = feedback;
    this.#errors = new Float64Array(columns * kLanes);
  }

  round(grid: Grid): void {
    for (let start = Math.floor((this.#columns - 1) / GROUP) * GROUP; start >= 0; start -= GROUP) {
      const end = Math.min(start + GROUP, this.#columns);
      for (let i = start; i < end; i++) this.#sumBehind(i, i - start, end);
      for (let lane = 0; lane < this.#count; lane++) this.#roundGroup(lane, start, end, grid);
    }
    const first = this.#row * this.#columns;
    for (let lane = 0; lane < this.#count; lane++) {
      for (let c = 0; c < this.#columns; c++) {
        const place = first + lane * this.#columns + c;
        this.#weights[place] = at(this.#weights, place) - at(this.#errors, c * kLanes + lane);
      }
    }
  }

  /** The bulk of the work: column i's feedback from columns [from, columns), for all lanes. */
  #sumBehind(i: number, place: number, from: number): void {
    const { upper } = this.#feedback;
    const errors = this.#errors;
    const row = i * this.#columns;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let k = from; k < this.#columns; k++) {
      const factor = at(upper, row + k);
      a += factor * at(errors, k * kLanes);
      b += factor * at(errors, k * kLanes + 1);
      c += factor * at(errors, k * kLanes + 2);
      d += factor * at(errors, k * kLanes + 3);
    }
    this.#behind.set([a, b, c, d], place * kLanes);
  }

  #roundGroup(lane: number, start: number, end: number, grid: Grid): void {
    const row = this.#row + lane;
    const { upper, diagonal } = this.#feedback;
    const exact = this.#weights.subarray(row * this.#columns, (row + 1) * this.#columns);
    const errors = this.#errors;
    // Where column i's bracket vanishes, given the errors of the columns behind it.
    const wanted = (i: number) => {
      let sum = at(exact, i) + at(this.#behind, (i - start) * kLanes + lane);
      for (let k = i + 1; k < end; k++) sum += at(upper, i * this.#columns + k) * at(errors, k * kLanes + lane);
      return sum;
    };
    // The grid is fitted to what the group would best be if it were not rounded.
    const best = new Float64Array(end - start);
    for (let i = end - 1; i >= start; i--) {
      best[i - start] = wanted(i);
      errors[i * kLanes + lane] = at(exact, i) - at(best, i - start);
    }
    grid.fit(row, start, best, diagonal.subarray(start, end));
    for (let i = end - 1; i >= start; i--) errors[i * kLanes + lane] = at(exact, i) - grid.put(row, i, wanted(i));
  }
}

function at(values: Float32Array | Float64Array, index: number): number {
  return values[index] as number;
}
