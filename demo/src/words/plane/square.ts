// Brings a layout of words to the square from 0 to 1 that a map shows.

const MARGIN = 0.06;
const EDGE_SHARE = 0.01; // of the words on each side may lie on the edge, so that a lone one does not shrink the rest

/** @param places [n, 2]. @returns [n, 2] each axis stretched by itself, since distances on a map have no unit */
export function toSquare(places: ArrayLike<number>): Float32Array {
  const n = places.length / 2;
  const square = new Float32Array(2 * n);
  for (const axis of [0, 1]) {
    const values = Float64Array.from({ length: n }, (_, i) => places[2 * i + axis] as number);
    const sorted = values.toSorted();
    const low = sorted[Math.floor(EDGE_SHARE * (n - 1))] as number;
    const high = sorted[Math.ceil((1 - EDGE_SHARE) * (n - 1))] as number;
    for (const [i, value] of values.entries()) {
      const place = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
      square[2 * i + axis] = MARGIN + (1 - 2 * MARGIN) * place;
    }
  }
  return square;
}
