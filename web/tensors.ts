// Flat results of the engine, as nested arrays that are indexed the way they are spoken of. All are views into one
// buffer.

/** [count, length] as `count` vectors. Each has a buffer of its own, so that it can be kept or transferred alone. */
export function rows(flat: Float32Array, count: number, length: number): Float32Array[] {
  return Array.from({ length: count }, (_, i) => flat.slice(i * length, (i + 1) * length));
}

/** [layers, n, hiddenSize] as [layer][token]. */
export function nestHiddenStates(flat: Float32Array, layers: number, n: number, hiddenSize: number): Float32Array[][] {
  return Array.from({ length: layers }, (_, layer) => viewRows(flat, layer * n * hiddenSize, n, hiddenSize));
}

/** [layers, heads, n, n] as [layer][head][from]. */
export function nestAttention(flat: Float32Array, layers: number, heads: number, n: number): Float32Array[][][] {
  return Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => viewRows(flat, (layer * heads + head) * n * n, n, n)),
  );
}

function viewRows(flat: Float32Array, start: number, count: number, length: number): Float32Array[] {
  return Array.from({ length: count }, (_, i) => flat.subarray(start + i * length, start + (i + 1) * length));
}
