// Histories of a person that look random and are the same each time.

import { Profile } from "kinvec/recommend";

const kinds = ["view", "click", "like", "save", "dislike", "hide"];
const day = 86_400_000;

/** Numbers in [0, below) that are the same in every run (a 32-bit linear congruential generator). */
export function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Events for `record` over these items, some with the same time, and every tenth a sentence for `describe`. */
export function randomHistory(items, seed, until) {
  const below = numbers(seed);
  return Array.from({ length: 1 + below(60) }, () => {
    const at = until - below(30) * day;
    const { id, vector } = items[below(items.length)];
    if (below(10) === 0) return { text: `rather like ${id}`, vector, at };
    return { item: id, kind: kinds[below(kinds.length)], at };
  });
}

/** Enters one event of a history. */
export function enter(profile, { text, vector, ...event }) {
  return text === undefined ? profile.record(event) : profile.describe(text, vector, event);
}

export function profileOf(history, options) {
  const profile = new Profile(options);
  for (const event of history) enter(profile, event);
  return profile;
}
