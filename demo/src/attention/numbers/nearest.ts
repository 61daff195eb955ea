// Which tokens a token is like, layer by layer: cosines of hidden states.

/** A token with its states in all layers. */
export interface Candidate {
  /** The token as the vocabulary has it. */
  token: string;
  /** The sentence that it stands in, and where, in UTF-16 units. */
  sentence: string;
  start: number;
  end: number;
  /** [layers + 1][hiddenSize]; layer 0 is what the first layer reads. */
  states: readonly Float32Array[];
}

export interface Neighbour {
  token: string;
  sentence: string;
  start: number;
  end: number;
  /** Cosine with the token in question, [layers + 1]. */
  similarities: number[];
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA > 0 && squaresB > 0 ? dot / Math.sqrt(squaresA * squaresB) : 0;
}

/** The indices of the `count` neighbours nearest in one layer, nearest first. */
export function nearestIn(neighbours: readonly Neighbour[], layer: number, count: number): number[] {
  const similarity = (i: number) => neighbours[i]?.similarities[layer] as number;
  return Array.from(neighbours.keys())
    .sort((a, b) => similarity(b) - similarity(a) || a - b)
    .slice(0, count);
}

/** Every candidate that is among the `count` nearest in some layer, with its similarities in all of them. */
export function neighboursOf(
  states: readonly Float32Array[],
  candidates: readonly Candidate[],
  count: number,
): Neighbour[] {
  const all = candidates.map(({ states: others, ...candidate }) => ({
    ...candidate,
    similarities: states.map((state, layer) => cosine(state, others[layer] as Float32Array)),
  }));
  const near = new Set(states.flatMap((_, layer) => nearestIn(all, layer, count)));
  return Array.from(near, (i) => all[i] as Neighbour);
}
