// Attention roll-out: how much of each token's beginning is in each token after a layer, if attention were all that mixes them.
// Abnar & Zuidema, "Quantifying Attention Flow in Transformers" (2020): the heads' mean, half of it for the residual connection, and
// the product over the layers.

/** The mean over heads and the residual connection: 0.5 * mean + 0.5 * identity, rows scaled to sum to 1. */
function mixing(heads: readonly (readonly Float32Array[])[]): Float64Array {
  const n = heads[0]?.length ?? 0;
  const mixed = new Float64Array(n * n);
  for (let from = 0; from < n; from++) {
    const row = mixed.subarray(from * n, (from + 1) * n);
    for (const head of heads) {
      const weights = head[from] as Float32Array;
      for (let to = 0; to < n; to++) row[to] = (row[to] as number) + (weights[to] as number) / heads.length;
    }
    row[from] = (row[from] as number) + 1;
    const sum = row.reduce((total, value) => total + value, 0);
    for (let to = 0; to < n; to++) row[to] = (row[to] as number) / sum;
  }
  return mixed;
}

/** [n, n] * [n, n] */
function multiply(left: Float64Array, right: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const out = product.subarray(i * n, (i + 1) * n);
    for (let k = 0; k < n; k++) {
      const factor = left[i * n + k] as number;
      const row = right.subarray(k * n, (k + 1) * n);
      for (let j = 0; j < n; j++) out[j] = (out[j] as number) + factor * (row[j] as number);
    }
  }
  return product;
}

/**
 * @param attention weights, `[layer][head][from][to]`
 * @returns for each layer [n, n]: row `from` holds the shares of all tokens in it, which sum to 1
 */
export function rollOut(attention: readonly (readonly (readonly Float32Array[])[])[]): Float64Array[] {
  const layers: Float64Array[] = [];
  for (const heads of attention) {
    const mixed = mixing(heads);
    const below = layers.at(-1);
    layers.push(below ? multiply(mixed, below, heads[0]?.length ?? 0) : mixed);
  }
  return layers;
}

/** The shares in the mean of all tokens: the mean of the rows, [n]. */
export function meanRow(shares: Float64Array, n: number): Float64Array {
  const mean = new Float64Array(n);
  for (let i = 0; i < shares.length; i++) mean[i % n] = (mean[i % n] as number) + (shares[i] as number) / n;
  return mean;
}
