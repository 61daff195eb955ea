// Which of a token's neighbours are nearest in a layer.

export interface Neighbour {
  token: string;
  sentence: string;
  start: number;
  end: number;
  /** Cosine with the token in question, [layers + 1]. */
  similarities: number[];
}

/** The indices of the `count` neighbours nearest in one layer, nearest first. */
export function nearestIn(neighbours: readonly Neighbour[], layer: number, count: number): number[] {
  const similarity = (i: number) => neighbours[i]?.similarities[layer] as number;
  return Array.from(neighbours.keys())
    .sort((a, b) => similarity(b) - similarity(a) || a - b)
    .slice(0, count);
}
