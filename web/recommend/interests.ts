// A person's interests: clusters of what they liked, found in the order in which it happened.
import { INTERESTS } from "./settings.ts";
import { addScaled, dot, unit, type Vector } from "./vectors.ts";

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
    const nearest = nearestTo(interests, memory.direction);
    if (nearest) {
      merge(nearest, alone(memory));
      mergeNearest(interests, INTERESTS.mergeCosine);
    } else {
      interests.push(alone(memory));
      if (interests.length > INTERESTS.most) mergeNearest(interests, -1);
    }
  }
  const strongest = Math.max(...interests.map(({ weight }) => weight));
  return interests.filter(({ weight }) => weight >= INTERESTS.faded * strongest).sort((a, b) => b.weight - a.weight);
}

function alone<M extends Memory>(memory: M): Interest<M> {
  const sum = new Float64Array(memory.direction.length);
  addScaled(sum, memory.weight, memory.direction);
  return { members: [memory], weight: memory.weight, sum };
}

function nearestTo<M extends Memory>(interests: readonly Interest<M>[], direction: Vector): Interest<M> | undefined {
  let nearest: Interest<M> | undefined;
  let highest: number = INTERESTS.joinCosine;
  for (const interest of interests) {
    const cosine = dot(direction, interest.sum) / length(interest.sum);
    if (cosine >= highest) [nearest, highest] = [interest, cosine];
  }
  return nearest;
}

/** Makes the two most similar interests one if they are at least this similar. */
function mergeNearest<M extends Memory>(interests: Interest<M>[], leastCosine: number): void {
  const centers = interests.map(({ sum }) => unit(sum));
  let [into, from, highest] = [0, 0, leastCosine];
  for (let a = 0; a < centers.length; a++) {
    for (let b = a + 1; b < centers.length; b++) {
      const cosine = dot(centers[a] as Vector, centers[b] as Vector);
      if (cosine >= highest) [into, from, highest] = [a, b, cosine];
    }
  }
  if (into === from) return;
  merge(interests[into] as Interest<M>, interests[from] as Interest<M>);
  interests.splice(from, 1);
}

function merge<M extends Memory>(into: Interest<M>, from: Interest<M>): void {
  into.members.push(...from.members);
  into.weight += from.weight;
  addScaled(into.sum, 1, from.sum);
}

function length(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}
