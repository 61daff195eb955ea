// Smoothing (after SmoothQuant, Xiao et al., 2023): moves part of each input channel's range from the activations,
// which vary from text to text, into the weights, which do not. The engine divides activations by the factors; the
// weights are multiplied by them here, so the product is unchanged but for rounding.
//
// The first token of a sequence ([CLS]) is a case of its own: in a few channels it carries values many times those of
// any other token, and nearly the same ones in every text. The engine subtracts their middle before it quantises a
// first token, and adds the share of the product that belongs to it back through a bias of its own.

/** What calibration found of one linear layer's input, per channel. [columns] each */
export interface InputStatistics {
  /** Largest |x| of tokens other than a sequence's first. */
  others: Float32Array;
  /** Smallest and largest x of first tokens. */
  firstLow: Float32Array;
  firstHigh: Float32Array;
  /** Mean x of other tokens, and of first tokens. */
  mean: Float32Array;
  firstMean: Float32Array;
}

/** Largest |x| over all tokens. [columns] */
export function largestInput({ others, firstLow, firstHigh }: InputStatistics): Float32Array {
  return others.map((range, c) => Math.max(range, Math.abs(at(firstLow, c)), Math.abs(at(firstHigh, c))));
}

/** The middle of what first tokens take: what the engine subtracts from them. [columns] */
export function firstTokenMiddle({ firstLow, firstHigh }: InputStatistics): Float32Array {
  return firstLow.map((low, c) => (low + at(firstHigh, c)) / 2);
}

/** Largest |x| that is left when first tokens have lost their middle. [columns] */
export function largestCentredInput({ others, firstLow, firstHigh }: InputStatistics): Float32Array {
  return others.map((range, c) => Math.max(range, (at(firstHigh, c) - at(firstLow, c)) / 2));
}

/**
 * s_c = max|x_c|^(1/4) / max|w_c|^(1/2) per input channel c. A channel that is never used, or has no weights, keeps 1.
 * SmoothQuant has 1/2 for both; with weights rounded to fit the inputs, less of the range is better in the weights.
 *
 * @param ranges max|x_c|, [columns]
 * @param weights [rows, columns]
 */
export function smoothingFactors(ranges: Float32Array, weights: Float32Array): Float32Array {
  const columns = ranges.length;
  const largest = new Float32Array(columns);
  for (let start = 0; start < weights.length; start += columns) {
    for (let c = 0; c < columns; c++) {
      largest[c] = Math.max(at(largest, c), Math.abs(at(weights, start + c)));
    }
  }
  return ranges.map((range, c) => {
    const factor = Math.sqrt(Math.sqrt(range)) / Math.sqrt(at(largest, c));
    return Number.isFinite(factor) && factor > 0 ? factor : 1;
  });
}

/** Multiplies column c of weights [rows, columns] by factors[c]. */
export function scaleColumns(weights: Float32Array, factors: Float32Array): void {
  const columns = factors.length;
  for (let start = 0; start < weights.length; start += columns) {
    for (let c = 0; c < columns; c++) {
      weights[start + c] = at(weights, start + c) * at(factors, c);
    }
  }
}

/** Divides row r of weights [rows, columns] by factors[r]; columns is 1 for a bias. */
export function divideRows(weights: Float32Array, factors: Float32Array): void {
  const columns = weights.length / factors.length;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = at(weights, i) / at(factors, Math.floor(i / columns));
  }
}

/** bias += weights x, with bias [rows], weights [rows, columns] and x [columns]. */
export function addProduct(bias: Float32Array, weights: Float32Array, x: Float32Array): void {
  const columns = x.length;
  for (let row = 0; row < bias.length; row++) {
    let sum = at(bias, row);
    for (let c = 0; c < columns; c++) sum += at(weights, row * columns + c) * at(x, c);
    bias[row] = sum;
  }
}

function at(values: Float32Array, index: number): number {
  return values[index] as number;
}
