// Leave-one-out in the order of time, over the whole catalogue: after each of some numbers of events, what is the next one?

import { kListLength } from "./baselines.mjs";
import { estimate, estimateRatio } from "./bootstrap.mjs";
import { coverage, expectedOf, intraListSimilarity, tastesServed } from "./measures.mjs";
import { chancesOfNext, drawPerson } from "./people.mjs";

export const kEventCounts = [1, 2, 5, 10, 20, 50];
const kMeasures = ["ndcg", "hit", "similarity", "tastes"];

/**
 * @param world of people.mjs
 * @param methods of baselines.mjs
 * @param {(a: number, b: number) => number} similarity of two items, for the variety of lists
 * @returns the lists' measures of every person: values[method][events][measure] [n_people], and coverage[method][events]
 */
export function measureCurve({ world, methods, similarity, people, seed, counts = kEventCounts, onProgress }) {
  const values = {};
  const lists = {};
  for (const { name } of methods) {
    values[name] = Object.fromEntries(
      counts.map((count) => [count, Object.fromEntries(kMeasures.map((measure) => [measure, []]))]),
    );
    lists[name] = Object.fromEntries(counts.map((count) => [count, []]));
  }
  for (let i = 0; i < people; i++) {
    const person = drawPerson(world, { seed: `${seed} ${i}`, events: Math.max(...counts) });
    for (const count of counts) {
      const history = person.events.slice(0, count);
      const mixture = person.mixtureAt(count);
      const chances = chancesOfNext(world, mixture, new Set(history));
      for (const { name, list } of methods) {
        const shown = list(history, { seed: `${seed} ${i}`, chances });
        const { hit, ndcg } = expectedOf(shown, chances);
        const cell = values[name][count];
        cell.ndcg.push(ndcg);
        cell.hit.push(hit);
        cell.similarity.push(intraListSimilarity(shown, similarity));
        cell.tastes.push(
          tastesServed(
            shown,
            mixture.map(({ taste }) => taste),
          ),
        );
        lists[name][count].push(shown);
      }
    }
    if ((i + 1) % 100 === 0) onProgress?.(`${i + 1} of ${people} people`);
  }
  const covered = Object.fromEntries(
    Object.entries(lists).map(([name, byCount]) => [
      name,
      Object.fromEntries(Object.entries(byCount).map(([count, shown]) => [count, coverage(shown, world.size)])),
    ]),
  );
  return { values, coverage: covered };
}

/** The best that can be: a list by the chances themselves. */
export const oracle = {
  name: "oracle",
  title: "knows the tastes",
  list: (_, { chances }) =>
    [...chances]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, kListLength)
      .map(([item]) => item),
};

/** Means with their intervals, and the NDCG of each method as a share of `reference`'s. */
export function summarise({ values, coverage }, reference) {
  return Object.fromEntries(
    Object.entries(values).map(([name, byCount]) => [
      name,
      Object.entries(byCount).map(([count, cell]) => ({
        events: Number(count),
        ...Object.fromEntries(kMeasures.map((measure) => [measure, estimate(cell[measure])])),
        coverage: coverage[name][count],
        ndcgRatio: estimateRatio(values[reference][count].ndcg, cell.ndcg),
      })),
    ]),
  );
}
