// Indexes taking turns on the same queries, in a page or in Node.js.

import { measure } from "./measure.mjs";
import { alternate } from "./rounds.mjs";

/**
 * @param {{ name: string, search(query: Float32Array): number[], bytes?: number, seconds: number }[]} engines the first
 *   one is exact
 * @returns {Promise<object[]>} per engine: name, times, recall@10, bytes, seconds
 */
export async function takeTurns(engines, queries, { rounds, budget }) {
  const truth = queries.map((query) => new Set(engines[0].search(query)));
  const recall = ({ search }) => {
    const found = queries.map((query, i) => search(query).filter((id) => truth[i].has(id)).length);
    return found.reduce((sum, count) => sum + count, 0) / truth.reduce((sum, ids) => sum + ids.size, 0);
  };
  const runners = engines.map(({ name, search }) => {
    let turn = 0;
    const run = () => search(queries[turn++ % queries.length]);
    return { name, measure: (workload, time) => measure({ prepare: () => run }, workload, time) };
  });
  const { search: times } = await alternate(runners, [{ name: "search" }], { rounds, budget });
  return engines.map((engine) => ({
    name: engine.name,
    ...times[engine.name],
    recall: recall(engine),
    bytes: engine.bytes,
    seconds: engine.seconds,
  }));
}
