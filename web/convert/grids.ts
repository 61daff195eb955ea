// The values that weights can take in a file, and their encoding: symmetric int8 per row, and ggml's Q4_0 and Q4_1,
// groups of 32 with a scale and, in Q4_1, a minimum.
import { halfToFloat, toHalf } from "./floats.ts";

/** Columns of a row that are fitted together; a last group may be shorter only where the grid is that of the row. */
export const GROUP = 32;

export interface Grid {
  /**
   * Chooses the values that columns [start, start + count) of a row can take.
   *
   * @param values what they should be, [count]
   * @param importance weight of each one's squared error, [count]
   */
  fit(row: number, start: number, values: Float64Array, importance: Float64Array): void;
  /** Stores the nearest value of the grid that was fitted last for this row; answers it. */
  put(row: number, column: number, value: number): number;
}

/** Codes -127 to 127 times one scale per row, which spans the row. */
export class Int8Grid implements Grid {
  readonly #columns: number;
  readonly #codes: Int8Array;
  readonly #scales: Float32Array;

  /**
   * @param weights [rows, columns]
   * @param codes bytes [rows, columns], filled by put()
   * @param scales f32 bytes [rows], filled at once
   */
  constructor(weights: Float32Array, columns: number, codes: Uint8Array, scales: Uint8Array) {
    this.#columns = columns;
    this.#codes = new Int8Array(codes.buffer, codes.byteOffset, codes.byteLength);
    this.#scales = new Float32Array(scales.buffer, scales.byteOffset, scales.byteLength / 4);
    for (let row = 0; row < this.#scales.length; row++) {
      let largest = 0;
      for (let i = row * columns; i < (row + 1) * columns; i++) {
        largest = Math.max(largest, Math.abs(weights[i] as number));
      }
      this.#scales[row] = largest / 127;
    }
  }

  fit(): void {}

  put(row: number, column: number, value: number): number {
    const scale = this.#scales[row] as number;
    const code = clamp(Math.floor(value / scale + 0.5), -127, 127);
    this.#codes[row * this.#columns + column] = code;
    return code * scale;
  }
}

/** ggml's Q4_1: codes 0 to 15 times a scale, plus a minimum, both half precision, for each group of 32 columns. */
export class Q41Grid implements Grid {
  readonly #columns: number;
  readonly #blocks: Uint8Array;
  readonly #view: DataView;
  // Of the group of each row that was fitted last.
  readonly #scales: Float64Array;
  readonly #minima: Float64Array;

  /** @param blocks 20 bytes per 32 values, zeros; filled by fit() and put() */
  constructor(columns: number, blocks: Uint8Array) {
    const rows = ((blocks.byteLength / kQ41Bytes) * GROUP) / columns;
    this.#columns = columns;
    this.#blocks = blocks;
    this.#view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
    this.#scales = new Float64Array(rows);
    this.#minima = new Float64Array(rows);
  }

  fit(row: number, start: number, values: Float64Array, importance: Float64Array): void {
    const { scale, minimum } = fitGroup(values, importance);
    const block = this.#block(row, start);
    this.#view.setUint16(block, toHalf(scale), true);
    this.#view.setUint16(block + 2, toHalf(minimum), true);
    this.#scales[row] = scale;
    this.#minima[row] = minimum;
  }

  put(row: number, column: number, value: number): number {
    const scale = this.#scales[row] as number;
    const minimum = this.#minima[row] as number;
    const code = codeOf(value, scale, minimum);
    // Value j of a group is the low half of byte j, value j + 16 the high half.
    const place = column % GROUP;
    const byte = this.#block(row, column) + 4 + (place % 16);
    this.#blocks[byte] = (this.#blocks[byte] as number) | (place < 16 ? code : code << 4);
    return code * scale + minimum;
  }

  #block(row: number, column: number): number {
    return Math.floor((row * this.#columns + column) / GROUP) * kQ41Bytes;
  }
}

const kQ41Bytes = 20;
const kLargestCode = 15;

// A grid that spans the group wastes codes on its extremes, so that narrower ones are tried as well, and each is
// improved by least squares for the codes it gives.
const kSpans = [1, 0.9, 0.8, 0.7];
const kImprovements = 2;

interface GroupGrid {
  scale: number;
  minimum: number;
}

/** The grid of 16 values, scale and minimum representable in half precision, with the least weighted squared error. */
function fitGroup(values: Float64Array, importance: Float64Array): GroupGrid {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let best: GroupGrid = { scale: 0, minimum: 0 };
  let least = Number.POSITIVE_INFINITY;
  for (const span of kSpans) {
    let candidate = { scale: (span * (high - low)) / kLargestCode, minimum: (low + high - span * (high - low)) / 2 };
    for (let round = 0; round <= kImprovements; round++) {
      const rounded = { scale: halfToFloat(toHalf(candidate.scale)), minimum: halfToFloat(toHalf(candidate.minimum)) };
      const { error, improved } = judge(values, importance, rounded);
      if (error < least) {
        least = error;
        best = rounded;
      }
      candidate = improved;
    }
  }
  return best;
}

/** Error of a grid, and the grid that is best for its codes. */
function judge(values: Float64Array, importance: Float64Array, { scale, minimum }: GroupGrid) {
  let [error, w, wq, wqq, wv, wqv] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const weight = importance[i] as number;
    const code = codeOf(value, scale, minimum);
    const miss = value - (code * scale + minimum);
    error += weight * miss * miss;
    w += weight;
    wq += weight * code;
    wqq += weight * code * code;
    wv += weight * value;
    wqv += weight * code * value;
  }
  const determinant = w * wqq - wq * wq;
  const slope = determinant > 0 ? (w * wqv - wq * wv) / determinant : 0;
  return { error, improved: { scale: slope, minimum: (wv - slope * wq) / w } };
}

function codeOf(value: number, scale: number, minimum: number): number {
  return scale > 0 ? clamp(Math.floor((value - minimum) / scale + 0.5), 0, kLargestCode) : 0;
}

/** NaN becomes 0. */
function clamp(code: number, low: number, high: number): number {
  return code > low ? Math.min(code, high) : code <= low ? low : 0;
}
