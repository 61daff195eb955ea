// From an event to the new list, in a page or in Node.js.

import { measure } from "./measure.mjs";
import { alternate } from "./rounds.mjs";
import { clusteredVectors, dimensions } from "./search_data.mjs";

export const listLength = 50;
const precisions = ["f32", "int8"];
const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);

/**
 * Recommenders over the same items, in turns: each run records one event, asks for the list, and forgets the event.
 * @param {{ createIndex: Function, Profile: Function, Recommender: Function }} kinvec
 * @param {{ counts: number[], events: number[], rounds: number, budget: number }} order
 * @returns {Promise<object[]>} rows of items, events, precision, first (ms of the first call), min, median
 */
export async function measureRecommend({ createIndex, Profile, Recommender }, { counts, events, rounds, budget }) {
  const rows = [];
  for (const count of counts) {
    const items = clusteredVectors(count, 2);
    const opened = [];
    for (const precision of precisions) {
      const index = await createIndex({ dimensions, precision });
      index.add([...items.keys()], items);
      const recommender = new Recommender(index, { popularity: (id) => 1e6 / (1 + id) });
      const before = performance.now();
      recommender.recommend(new Profile());
      opened.push({ precision, index, recommender, first: performance.now() - before });
    }
    for (const known of events) {
      const engines = opened.map(({ precision, recommender }) => {
        const run = listAfterEvent(recommender, profileOf(Profile, known, count), count);
        return { name: precision, measure: (workload, time) => measure({ prepare: () => run }, workload, time) };
      });
      const { list } = await alternate(engines, [{ name: "list" }], { rounds, budget });
      for (const { precision, first } of opened)
        rows.push({ items: count, events: known, precision, first, ...list[precision] });
    }
    for (const { index } of opened) index.dispose();
  }
  return rows;
}

/** Somebody with this many events, one an hour: four likes, then a dislike. */
function profileOf(Profile, events, count) {
  const profile = new Profile();
  for (let i = 0; i < events; i++) {
    profile.record({ item: (i * 7919) % count, kind: i % 5 === 4 ? "dislike" : "like", at: start + i * hour });
  }
  return profile;
}

function listAfterEvent(recommender, profile, count) {
  const now = profile.events.at(-1).at + hour;
  let turn = 0;
  return () => {
    turn++;
    const { id } = profile.record({ item: (turn * 104_729) % count, kind: "like", at: now });
    const list = recommender.recommend(profile, { topK: listLength, exploration: 0.2, now });
    if (list.length !== listLength) throw new Error(`the list has ${list.length} items`);
    profile.forget(id);
  };
}
