// Smoothing (SmoothQuant, alpha = 1/2): moves part of each input channel's range from the activations, which vary
// from text to text, into the weights, which do not. The engine divides activations by the factors; the weights are
// multiplied by them here, so the product is unchanged but for rounding.

/** Largest |input| per channel of the linear layers of one encoder layer, found by calibration. */
export interface LayerRanges {
  qkv: Float32Array; // [hidden]
  attnOutput: Float32Array; // [hidden]
  ffnUp: Float32Array; // [hidden]
  ffnDown: Float32Array; // [intermediate]
}

/** Splits the engine's flat [layers, (hidden | hidden | hidden | intermediate)]. */
export function splitRanges(flat: Float32Array, layers: number, hidden: number, intermediate: number): LayerRanges[] {
  const perLayer = 3 * hidden + intermediate;
  return Array.from({ length: layers }, (_, layer) => {
    const start = layer * perLayer;
    const slice = (from: number, length: number) => flat.slice(start + from, start + from + length);
    return {
      qkv: slice(0, hidden),
      attnOutput: slice(hidden, hidden),
      ffnUp: slice(2 * hidden, hidden),
      ffnDown: slice(3 * hidden, intermediate),
    };
  });
}

/**
 * s_c = sqrt(max|x_c|) / sqrt(max|w_c|) per input channel c. A channel that is never used, or has no weights, keeps 1.
 *
 * @param ranges max|x_c|, [columns]
 * @param weights [rows, columns]
 */
export function smoothingFactors(ranges: Float32Array, weights: Float32Array): Float32Array {
  const columns = ranges.length;
  const largest = new Float32Array(columns);
  for (let start = 0; start < weights.length; start += columns) {
    for (let c = 0; c < columns; c++) {
      largest[c] = Math.max(largest[c] as number, Math.abs(weights[start + c] as number));
    }
  }
  return ranges.map((range, c) => {
    const factor = Math.sqrt(range) / Math.sqrt(largest[c] as number);
    return Number.isFinite(factor) && factor > 0 ? factor : 1;
  });
}

/** Multiplies column c of weights [rows, columns] by factors[c]. */
export function scaleColumns(weights: Float32Array, factors: Float32Array): void {
  const columns = factors.length;
  for (let start = 0; start < weights.length; start += columns) {
    for (let c = 0; c < columns; c++) {
      weights[start + c] = (weights[start + c] as number) * (factors[c] as number);
    }
  }
}

/** Divides row r of weights [rows, columns] by factors[r]; columns is 1 for a bias. */
export function divideRows(weights: Float32Array, factors: Float32Array): void {
  const columns = weights.length / factors.length;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = (weights[i] as number) / (factors[Math.floor(i / columns)] as number);
  }
}
