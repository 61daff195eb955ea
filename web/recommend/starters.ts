// Choices for somebody of whom nothing is known: popular, and as far from each other as can be.
import { randomNumbers } from "../random.ts";
import type { ItemId } from "../search/index_vectors.ts";
import type { Catalogue } from "./catalogue.ts";
import { mixSeeds } from "./random.ts";
import { STARTERS } from "./settings.ts";
import { dot, type Vector } from "./vectors.ts";

/**
 * Greedy farthest points (Gonzalez, 1985) among the most popular items, or among some by chance where no popularity is
 * known. Begins with the most popular one.
 */
export function spreadOut(
  catalogue: Catalogue,
  count: number,
  seed: number,
  allowed: (id: ItemId) => boolean,
): ItemId[] {
  const next = randomNumbers(mixSeeds(seed, catalogue.ids.length));
  // Chance breaks the ties, which are all if no popularity is known, and shuffles a little.
  const rank = catalogue.ids.map((_, row) => (catalogue.popularity[row] as number) + STARTERS.shuffle * next());
  const pool = catalogue.ids
    .map((id, row) => ({ id, rank: rank[row] as number }))
    .filter(({ id }) => allowed(id))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, Math.max(STARTERS.least, STARTERS.perChoice * count))
    .map(({ id }) => ({ id, direction: catalogue.direction(id) as Vector, nearest: -Infinity }));
  const chosen: ItemId[] = [];
  let last = pool[0];
  while (last && chosen.length < count) {
    chosen.push(last.id);
    last.nearest = Infinity;
    let farthest: typeof last | undefined;
    for (const each of pool) {
      each.nearest = Math.max(each.nearest, dot(each.direction, last.direction));
      if (each.nearest < (farthest?.nearest ?? Infinity)) farthest = each;
    }
    last = farthest;
  }
  return chosen;
}
