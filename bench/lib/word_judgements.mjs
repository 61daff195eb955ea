// What people think of words: pairs with a number for how alike they are, and analogies. Files of commas, whose last columns count.

import { readFileSync } from "node:fs";
import path from "node:path";
import { rankCorrelation } from "../../tools/lib/rank_correlation.mjs";

/** A question of rarer words is left out, as in word2vec's own measurements. */
const kMostFrequent = 30_000;
/** One question of so many is asked: each is compared with all words. */
const kQuestionStep = 3;

/**
 * A file with "analog" in its name has two pairs of words in a row; any other has two words and a number.
 * @returns {{ name: string, judge: (vectors: import("kinvec/words").WordVectors) => number }}
 */
export function readJudgement(file) {
  const rows = readFileSync(file, "utf8").trim().split("\n");
  const { name } = path.parse(file);
  if (name.includes("analog")) {
    const questions = rows
      .slice(1)
      .filter((_, i) => i % kQuestionStep === 0)
      .map((row) => row.trim().toLowerCase().split(",").slice(-4));
    return { name, judge: (vectors) => accuracy(vectors, questions) };
  }
  const pairs = rows.map((row) => row.split(",").slice(-3));
  // MEN's words have their part of speech behind them.
  const word = (text) => text.toLowerCase().replace(/-[nvaj]$/, "");
  const judged = pairs
    .filter(([, , score]) => Number.isFinite(Number(score)))
    .map(([a, b, score]) => ({ a: word(a), b: word(b), score: Number(score) }));
  return { name, judge: (vectors) => correlation(vectors, judged) };
}

/** Spearman's, over the pairs of which both words are known. */
function correlation(vectors, pairs) {
  const known = pairs.filter(({ a, b }) => vectors.has(a) && vectors.has(b));
  return rankCorrelation(
    known.map(({ a, b }) => vectors.similarity(a, b)),
    known.map(({ score }) => score),
  );
}

/** Share of the questions whose first answer is right, of those whose four words are known. */
function accuracy(vectors, questions) {
  const frequent = new Set(vectors.words.slice(0, kMostFrequent));
  const known = questions.filter((words) => words.every((word) => frequent.has(word)));
  const isRight = ([a, b, c, d]) => vectors.analogy({ positive: [b, c], negative: [a], topK: 1 })[0].word === d;
  return known.filter(isRight).length / known.length;
}
