// What the page knows of one text: its tokens, and the weights and shares of those that are drawn.

/** What a head does most of the time. */
export type Habit = "special" | "self" | "before" | "after" | "spread";

export interface Pattern {
  habit: Habit;
  /** The part of the weight that goes there, 0 to 1. */
  share: number;
}

export interface Reading {
  text: string;
  /** Tokens that the model read, special tokens included. */
  total: number;
  /** Whether the text had more tokens than the model takes. */
  truncated: boolean;
  layers: number;
  heads: number;
  /** The tokens that are drawn, [n]: the first of the text. */
  tokens: string[];
  /** Start and end of each in the text, in UTF-16 units, [2 * n]; special tokens: 0, 0. */
  offsets: Int32Array;
  /** How much each token looks at each other, [layers, heads, n, n]. */
  weights: Float32Array;
  /** Attention roll-out: which tokens' beginnings are in each token after a layer, [layers, n, n]. */
  rollout: Float32Array;
  /** The same for the mean of all tokens, which is what this model makes its vector of, [layers, n]. */
  wholeRollout: Float32Array;
  /** [layers * heads] */
  patterns: Pattern[];
}

/** How much `from` looks at each token in one head, [n]. Layers and heads count from 0. */
export function weightsFrom({ heads, tokens, weights }: Reading, layer: number, head: number, from: number) {
  const start = ((layer * heads + head) * tokens.length + from) * tokens.length;
  return weights.subarray(start, start + tokens.length);
}

/** All weights of one head, [n, n]. */
export function weightsOf({ heads, tokens, weights }: Reading, layer: number, head: number) {
  const size = tokens.length ** 2;
  const start = (layer * heads + head) * size;
  return weights.subarray(start, start + size);
}

/** What of each token has reached `token`, or the whole text, after a layer, [n]. */
export function sharesIn({ tokens, rollout, wholeRollout }: Reading, layer: number, token: number | undefined) {
  const n = tokens.length;
  if (token === undefined) return wholeRollout.subarray(layer * n, (layer + 1) * n);
  const start = (layer * n + token) * n;
  return rollout.subarray(start, start + n);
}

export const patternOf = ({ heads, patterns }: Reading, layer: number, head: number) =>
  patterns[layer * heads + head] as Pattern;

export const isSpecial = ({ offsets }: Reading, token: number) => offsets[2 * token] === offsets[2 * token + 1];
