// Search on a judged collection: by meaning, by words, and by both.

import { Bm25, createIndex, fuseRanks } from "kinvec/search";
import { estimate, estimateDifference } from "./bootstrap.mjs";
import { ndcg } from "./measures.mjs";
import { vectorsOf } from "./vectors.mjs";

const kDepth = 100; // hits of each part that are fused
const kPlaces = 10;
// Words so frequent in English that a question's say nothing of its answer (the list that Lucene began with).
const kStopWords = new Set(
  "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split(
    " ",
  ),
);

/**
 * Equal scores come in the order of the documents; a hit counts with its rank only.
 * @returns {Promise<{ name: string, title: string, ndcg: object, overDense: object }[]>} the mean over the queries
 */
export async function measureRetrieval({ documents, queries, relevant, onProgress }) {
  const ids = documents.map(({ id }) => id);
  const vectors = await vectorsOf(
    documents.map(({ text }) => text),
    { onProgress },
  );
  const asked = await vectorsOf(
    queries.map(({ text }) => text),
    { role: "query", onProgress },
  );
  const byMeaning = async (options) => {
    const index = await createIndex({ dimensions: vectors[0].length, ...options });
    index.add(ids, vectors);
    return index.searchBatch(asked, { topK: kDepth });
  };
  const words = new Bm25();
  words.add(
    ids,
    documents.map(({ text }) => text),
  );
  const rankings = {
    dense: await byMeaning({}),
    int8: await byMeaning({ precision: "int8" }),
    binary: await byMeaning({ precision: "binary" }),
    words: queries.map(({ text }) => words.search(withoutStopWords(text), { topK: kDepth })),
  };
  rankings.both = rankings.dense.map((hits, i) => fuseRanks([hits, rankings.words[i]]));

  const judged = queries.flatMap(({ id }, i) => (relevant.has(id) ? [i] : []));
  const scores = Object.fromEntries(
    Object.entries(rankings).map(([name, lists]) => [
      name,
      judged.map((i) => {
        const gains = relevant.get(queries[i].id);
        return ndcg(
          lists[i].slice(0, kPlaces).map(({ id }) => gains.get(id) ?? 0),
          [...gains.values()],
          kPlaces,
        );
      }),
    ]),
  );
  return Object.entries(titles).map(([name, title]) => ({
    name,
    title,
    ndcg: estimate(scores[name]),
    overDense: estimateDifference(scores[name], scores.dense),
    overWords: estimateDifference(scores[name], scores.words),
  }));
}

const titles = {
  dense: "by meaning: `createIndex`, f32",
  int8: 'the same, `precision: "int8"`',
  binary: 'the same, `precision: "binary"`',
  words: "by words: `Bm25`",
  both: "both: `fuseRanks`",
};

const withoutStopWords = (text) =>
  text
    .split(/\s+/)
    .filter((word) => !kStopWords.has(word))
    .join(" ");
