// A person's interests: clusters of what they liked, found in the order in which it happened.
import { INTERESTS } from "./settings.ts";
import { addScaled, dot, lengthOf, scaled, type Vector } from "./vectors.ts";

/** Something that a person liked or not, by its direction. */
export interface Memory {
  /** What it counts now; below 0 if it speaks against the item. */
  weight: number;
  direction: Vector;
}

/** Memories around one centre. */
export interface Interest<M extends Memory = Memory> {
  members: M[];
  /** Sum of the members' weights. */
  weight: number;
  /** Weighted sum of the members' directions, not of length 1. */
  sum: Vector;
  /** Of the sum: as much as the weight, if all members have one direction. */
  length: number;
}

/**
 * The interests of the memories that speak for something, which are given by time; the strongest interest first. Each
 * memory joins the nearest interest if it is near enough, and founds one otherwise. As the online clustering of
 * arXiv:2503.19525, with weights: a centre is Rocchio's, of one topic instead of all.
 */
export function findInterests<M extends Memory>(memories: readonly M[]): Interest<M>[] {
  const interests: Interest<M>[] = [];
  for (const memory of memories) {
    if (memory.weight <= 0) continue;
    const own = alone(memory);
    const nearest = nearestOf(own, interests, INTERESTS.joinCosine);
    if (nearest) {
      merge(nearest, own);
      const similar = nearestOf(nearest, interests, INTERESTS.mergeCosine);
      if (similar) mergeWithin(interests, nearest, similar);
    } else {
      interests.push(own);
      if (interests.length > INTERESTS.most) mergeWithin(interests, ...mostSimilar(interests));
    }
  }
  const strongest = Math.max(...interests.map(({ weight }) => weight));
  return interests.filter(({ weight }) => weight >= INTERESTS.faded * strongest).sort((a, b) => b.weight - a.weight);
}

function alone<M extends Memory>(memory: M): Interest<M> {
  const sum = scaled(memory.direction, memory.weight);
  return { members: [memory], weight: memory.weight, sum, length: lengthOf(sum) };
}

function cosine(a: Interest, b: Interest): number {
  return dot(a.sum, b.sum) / (a.length * b.length || 1);
}

/** The most similar other interest, if it is at least this similar. */
function nearestOf<M extends Memory>(
  own: Interest<M>,
  interests: readonly Interest<M>[],
  least: number,
): Interest<M> | undefined {
  let nearest: Interest<M> | undefined;
  let highest = least;
  for (const other of interests) {
    const similarity = other === own ? -Infinity : cosine(own, other);
    if (similarity >= highest) [nearest, highest] = [other, similarity];
  }
  return nearest;
}

function mostSimilar<M extends Memory>(interests: readonly Interest<M>[]): [Interest<M>, Interest<M>] {
  let [first, second] = interests as [Interest<M>, Interest<M>];
  let highest = -Infinity;
  for (const [i, a] of interests.entries()) {
    for (const b of interests.slice(i + 1)) {
      const similarity = cosine(a, b);
      if (similarity > highest) [first, second, highest] = [a, b, similarity];
    }
  }
  return [first, second];
}

function mergeWithin<M extends Memory>(interests: Interest<M>[], into: Interest<M>, from: Interest<M>): void {
  merge(into, from);
  interests.splice(interests.indexOf(from), 1);
}

function merge<M extends Memory>(into: Interest<M>, from: Interest<M>): void {
  into.members.push(...from.members);
  into.weight += from.weight;
  addScaled(into.sum, 1, from.sum);
  into.length = lengthOf(into.sum);
}
