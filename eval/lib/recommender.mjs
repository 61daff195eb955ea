// kinvec/recommend as a method beside the baselines: every event is a like, one a day.

import { Profile, Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { kListLength } from "./baselines.mjs";

const kDay = 86_400_000;
const kStart = Date.UTC(2026, 0, 1);

/** An index of the items, under their numbers. */
export async function indexOf(vectors) {
  const index = await createIndex({ dimensions: vectors[0].length });
  index.add([...vectors.keys()], vectors);
  return index;
}

/** A profile that has seen these events. */
export function profileOf(history, seed = 0) {
  const profile = new Profile({ seed });
  for (const [day, item] of history.entries()) profile.record({ item, kind: "like", at: kStart + day * kDay });
  return profile;
}

/**
 * @param {Float64Array | undefined} popularity counts [n_items]
 * @param {string[] | undefined} texts [n_items]
 */
export function kinvecMethod({ name, title, index, popularity, texts, options = {} }) {
  const recommender = new Recommender(index, {
    ...(popularity && { popularity: (item) => popularity[item] }),
    ...(texts && { text: (item) => texts[item] }),
  });
  return {
    name,
    title,
    list(history, { seed = 0, hidden = new Set() } = {}) {
      const now = kStart + history.length * kDay;
      const filter = (item) => !hidden.has(item);
      const profile = profileOf(history, numberOf(seed));
      return recommender.recommend(profile, { topK: kListLength, now, filter, ...options }).map(({ id }) => id);
    },
  };
}

/** The recommender's seeds are numbers; those of people are words. */
function numberOf(seed) {
  let number = 0;
  for (const byte of Buffer.from(String(seed))) number = (Math.imul(number, 31) + byte) >>> 0;
  return number;
}
