// Maximal marginal relevance: a list of good items that are not all alike (Carbonell and Goldstein, 1998).
import { dot, type Vector } from "./vectors.ts";

/** An item to choose. */
export interface Candidate {
  score: number;
  direction: Vector;
}

/**
 * `count` of the candidates, best first: each time the one of the highest (1 − diversity) · score − diversity · (its
 * highest cosine to one that was chosen). Equal ones as they were given.
 */
export function diverseList<C extends Candidate>(candidates: readonly C[], count: number, diversity: number): C[] {
  const waiting = candidates
    .map((candidate) => ({ candidate, value: (1 - diversity) * candidate.score, nearest: -1, compared: 0 }))
    .sort((a, b) => b.value - a.value);
  const chosen: C[] = [];
  while (chosen.length < count && waiting.length > 0) {
    // Values only sink as more is chosen. So one that was compared with all and is still above the others' old values
    // is the best, and most need not be compared at all (Minoux' lazy greedy).
    let best = 0;
    for (let i = 0; i < waiting.length; i++) {
      const each = waiting[i] as (typeof waiting)[number];
      const highest = waiting[best] as (typeof waiting)[number];
      if (i > 0 && each.value <= highest.value) continue;
      for (; each.compared < chosen.length; each.compared++) {
        each.nearest = Math.max(each.nearest, dot(each.candidate.direction, (chosen[each.compared] as C).direction));
      }
      each.value = (1 - diversity) * each.candidate.score - (chosen.length > 0 ? diversity * each.nearest : 0);
      if (i > 0 && each.value > highest.value) best = i;
    }
    chosen.push((waiting.splice(best, 1)[0] as (typeof waiting)[number]).candidate);
  }
  return chosen;
}
