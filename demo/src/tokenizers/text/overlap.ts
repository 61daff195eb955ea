// Which tokens write a stretch of text.

/** Half-open, in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

/**
 * @param offsets [2 * n]: start and end of each token
 * @returns indices of the tokens that share at least one unit with the range
 */
export function overlapping(offsets: Int32Array, { start, end }: Range): number[] {
  const found: number[] = [];
  for (let i = 0; 2 * i < offsets.length; i++) {
    const from = offsets[2 * i] as number;
    const to = offsets[2 * i + 1] as number;
    if (from < end && to > start && from < to) found.push(i);
  }
  return found;
}
