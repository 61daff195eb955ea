// What a recommender must beat. A method is { name, title, list(history, context) }: numbers of the items it would show to a
// person with these events, oldest first; none of them is among the events, or in context.hidden if there is such a set.

import { integer, randomOf } from "./random.mjs";

export const kListLength = 10;
// Of the person's items, whose similarities are added: three did better than one on the people of the tuning.
const kNeighbours = 3;

/** The best items of a score, without those seen; equal scores in the order of the catalogue. */
export function best(scores, seen, count = kListLength) {
  const top = []; // ascending
  for (let item = 0; item < scores.length; item++) {
    if (top.length === count && !(scores[item] > scores[top[0]])) continue;
    if (seen.has(item)) continue;
    if (top.length === count) top.shift();
    let place = top.length;
    while (place > 0 && !(scores[item] > scores[top[place - 1]])) place--;
    top.splice(place, 0, item);
  }
  return top.reverse();
}

const byScore = (score) => (history, context) =>
  best(score(history, context), new Set([...history, ...(context.hidden ?? [])]));

/**
 * @param dense, words similarities with row(item)
 * @param popularity counts of other people's events [n_items]
 */
export function baselines({ size, popularity, dense, words }) {
  const random = (history, { seed, hidden = new Set() }) => {
    const draw = randomOf(`random ${seed} ${history.length}`);
    const list = new Set();
    while (list.size < kListLength) {
      const item = integer(draw, size);
      if (!history.includes(item) && !hidden.has(item)) list.add(item);
    }
    return [...list];
  };
  const sum = (rows) => (history) => {
    const scores = new Float32Array(size);
    for (const item of history) {
      const row = rows.row(item);
      for (let i = 0; i < size; i++) scores[i] += row[i];
    }
    return scores;
  };
  return [
    { name: "random", title: "random", list: random },
    { name: "popularity", title: "popularity", list: byScore(() => popularity) },
    { name: "last", title: "last item", list: byScore((history) => dense.row(history.at(-1))) },
    { name: "mean", title: "mean vector", list: byScore(sum(dense)) },
    { name: "knn", title: "item-kNN, vectors", list: byScore(nearest(dense, size, kNeighbours)) },
    { name: "tfidf", title: "TF-IDF, mean", list: byScore(sum(words)) },
    { name: "tfidf-knn", title: "TF-IDF, item-kNN", list: byScore(nearest(words, size, kNeighbours)) },
  ];
}

/** Item-kNN by content: the sum of the k greatest similarities to the person's items. */
export function nearest(rows, size, k) {
  return (history) => {
    const scores = new Float32Array(size);
    const own = history.map((item) => rows.row(item));
    const greatest = new Float32Array(Math.min(k, own.length));
    for (let i = 0; i < size; i++) {
      greatest.fill(-Infinity);
      for (const row of own) {
        let value = row[i];
        for (let j = 0; j < greatest.length; j++) {
          if (value > greatest[j]) [greatest[j], value] = [value, greatest[j]];
        }
      }
      scores[i] = greatest.reduce((total, value) => total + value, 0);
    }
    return scores;
  };
}
