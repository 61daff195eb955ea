// What is measured of a rung.

import { rankCorrelation } from "../../tools/lib/rank_correlation.mjs";
import { wordPairs } from "./judged.mjs";
import { tableOf } from "./kinds.mjs";
import { wordsOf } from "./texts.mjs";

/**
 * @param {object} rung of eval/rungs/kinds.mjs
 * @param {object} judged of readJudged
 * @returns rank correlations with people about texts (STS-B, weighted or not) and words, shares of unseen words, and
 *   `biosses`: the same for biomedical texts
 */
export async function measureMeaning(rung, judged) {
  const words = {};
  for (const name of Object.keys(wordPairs)) words[name] = await ofWords(rung, judged[name]);
  const rare = new Set(judged.rare.flatMap(({ a, b }) => [a, b]));
  return {
    ...(await measureTexts(rung, judged.stsTest)),
    ...words,
    unseenRare: await unseenShare(rung, [...rare]),
    biosses: await measureTexts(rung, judged.biosses),
  };
}

/** @param {{ a: string, b: string, score: number }[]} pairs of texts */
export async function measureTexts(rung, pairs) {
  const words = pairs.flatMap(({ a, b }) => [...wordsOf(a), ...wordsOf(b)]);
  return {
    texts: await ofTexts(rung, pairs, (texts) => rung.textVectors(texts)),
    ...(rung.weightedVectors && { weighted: await ofTexts(rung, pairs, (texts) => rung.weightedVectors(texts)) }),
    unseen: await unseenShare(rung, words), // of the running words
  };
}

async function ofTexts(rung, pairs, vectorsOf) {
  const left = await vectorsOf(pairs.map(({ a }) => a));
  const right = await vectorsOf(pairs.map(({ b }) => b));
  return correlation(
    pairs,
    left.map((vector, i) => rung.cosine(vector, right[i])),
  );
}

/** A pair with an unseen word scores 0, so that no rung is spared what it does not know (as Bojanowski et al., 2017). */
async function ofWords(rung, pairs) {
  const left = await rung.wordVectors(pairs.map(({ a }) => a));
  const right = await rung.wordVectors(pairs.map(({ b }) => b));
  return correlation(
    pairs,
    pairs.map((_, i) => (left[i] && right[i] ? rung.cosine(left[i], right[i]) : 0)),
  );
}

function correlation(pairs, cosines) {
  return rankCorrelation(
    cosines,
    pairs.map(({ score }) => score),
  );
}

async function unseenShare(rung, words) {
  const unseen = new Set();
  for (const word of new Set(words)) if (!(await rung.knows(word))) unseen.add(word);
  return words.filter((word) => unseen.has(word)).length / words.length;
}

/**
 * Share of analogies answered, by the nearest of the candidates.
 * @param {string[][]} questions a, b, c and the answer d: a is to b as c to d
 * @param {string[]} candidates the same for all rungs
 */
export async function measureAnalogies(rung, questions, candidates) {
  const vectors = await tableOf(rung, candidates);
  const answered = questions.filter(([a, b, c, d]) => {
    if (![a, b, c].every((word) => vectors.has(word))) return false;
    return vectors.analogy({ positive: [b, c], negative: [a], topK: 1 })[0].word === d;
  });
  return answered.length / questions.length;
}

/**
 * Texts a second of processor time, all rungs in turn, the fastest of some rounds.
 * @param {Map<string, object>} rungs by name
 */
export async function measureSpeed(rungs, texts, { rounds = 5, leastMs = 200 } = {}) {
  const rates = new Map();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, rung] of rungs) {
      const start = process.cpuUsage();
      let done = 0;
      let spent = 0; // ms
      while (spent < leastMs) {
        await rung.textVectors(texts);
        done += texts.length;
        const { user, system } = process.cpuUsage(start);
        spent = (user + system) / 1000;
      }
      // The first round warms up.
      if (round > 0) rates.set(name, Math.max(rates.get(name) ?? 0, (1000 * done) / spent));
    }
  }
  return rates;
}

/** The mean of each number. @param {object[]} rows of the same names, with numbers and such rows */
export function meanOf(rows) {
  const mean = (values) =>
    typeof values[0] === "number" ? values.reduce((sum, value) => sum + value, 0) / values.length : meanOf(values);
  return Object.fromEntries(Object.keys(rows[0]).map((name) => [name, mean(rows.map((row) => row[name]))]));
}
