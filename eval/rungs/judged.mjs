// What people have judged: how alike two sentences are, how alike two words are, and which word stands to another as a third
// does to a fourth.

import { readFileSync } from "node:fs";
import path from "node:path";
import { parseCsv } from "../../tools/lib/csv.mjs";

/** The files that are read, below the data folder. */
export const files = {
  stsDev: "stsb/stsb-en-dev.csv",
  stsTest: "stsb/stsb-en-test.csv",
  biosses: "biosses/biosses.tsv",
  similarity: "words/wordsim353-sim.csv",
  relatedness: "words/wordsim353-rel.csv",
  simlex: "words/simlex999.csv",
  men: "words/men.csv",
  rare: "words/rw.csv",
  analogies: "words/google-analogies.csv",
};

/** The lists of word pairs, by name, as they are shown. */
export const wordPairs = {
  similarity: "WordSim-353, similar",
  relatedness: "WordSim-353, related",
  simlex: "SimLex-999",
  men: "MEN",
  rare: "Rare words",
};

/**
 * @param {string} folder
 * @returns {Record<string, { a: string, b: string, score: number }[]>} pairs by the names of `files`; and `analogies`: lists
 *   of four words
 */
export function readJudged(folder) {
  const rows = (name) => {
    const text = readFileSync(path.join(folder, files[name]), "utf8");
    return name === "biosses" ? text.split("\n").map((line) => line.split("\t")) : parseCsv(text);
  };
  const pairs = (name, columns) =>
    rows(name)
      // Neither the head nor the empty rows that some files end with.
      .filter((row) => row.length === columns && row.at(-1) !== "" && Number.isFinite(Number(row.at(-1))))
      .map((row) => ({ a: row.at(-3), b: row.at(-2), score: Number(row.at(-1)) }));
  const sentences = ["stsDev", "stsTest", "biosses"].map((name) => [name, pairs(name, 3)]);
  // In lower case, as the words of texts are; those of MEN have their part of speech behind them.
  const word = (text) => text.toLowerCase().replace(/-[nvaj]$/, "");
  const words = Object.keys(wordPairs).map((name) => [
    name,
    pairs(name, 4).map(({ a, b, score }) => ({ a: word(a), b: word(b), score })),
  ]);
  const analogies = rows("analogies")
    .slice(1)
    .filter((row) => row.length === 6);
  return {
    ...Object.fromEntries([...sentences, ...words]),
    analogies: analogies.map((row) => row.slice(2).map((text) => text.toLowerCase())),
  };
}
