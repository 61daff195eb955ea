// Where the rows of one table lie in another. Rows of the longer table have `dimensions` numbers; it is [rows, dimensions].

/** The row of each key: its own, or the next behind all others, which it then has. */
export function placesIn<Key>(rows: Map<Key, number>, keys: Iterable<Key>): number[] {
  return Array.from(keys, (key) => {
    const row = rows.get(key) ?? rows.size;
    rows.set(key, row);
    return row;
  });
}

export function split(rows: Float32Array, at: number): [Float32Array, Float32Array] {
  return [rows.subarray(0, at), rows.subarray(at)];
}

/** Sets each of the `rows`, `[places, stride]`, whose place is among the `known`. */
export function startRows(
  rows: Float32Array,
  stride: number,
  known: Float32Array,
  places: readonly number[],
  dimensions: number,
): void {
  for (const [row, place] of places.entries()) {
    rows.set(known.subarray(place * dimensions, (place + 1) * dimensions), row * stride);
  }
}

/** Sets `all` to the `known` rows, then those that have places to the `trained`, `[places, dimensions]`. */
export function mergeRows(
  all: Float32Array,
  known: Float32Array,
  trained: Float32Array,
  places: readonly number[],
  dimensions: number,
): void {
  all.set(known);
  for (const [row, place] of places.entries()) {
    all.set(trained.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
  }
}
