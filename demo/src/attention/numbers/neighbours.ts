// Which tokens a token is like, layer by layer: cosines of hidden states.
import { similarity } from "kinvec";
import { type Neighbour, nearestIn } from "./nearest.ts";

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

/** Every candidate that is among the `count` nearest in some layer, with its similarities in all of them. */
export function neighboursOf(
  states: readonly Float32Array[],
  candidates: readonly Candidate[],
  count: number,
): Neighbour[] {
  const all = candidates.map(({ states: others, ...candidate }) => ({
    ...candidate,
    similarities: states.map((state, layer) => similarity(state, others[layer] as Float32Array)),
  }));
  const near = new Set(states.flatMap((_, layer) => nearestIn(all, layer, count)));
  return Array.from(near, (i) => all[i] as Neighbour);
}
