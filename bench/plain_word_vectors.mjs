// Training Word2Vec by the package and in plain JavaScript in turn, on the same text with the same settings: words per second of
// processor time, the best and the median of the rounds.
//
//   node bench/plain_word_vectors.mjs --text=FILE [--lines=20000] [--rounds=3]

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { trainPlainWord2vec } from "./engines/plain_word2vec.mjs";
import { machine, versionOfKinvec } from "./lib/machine.mjs";
import { table } from "./lib/markdown.mjs";
import { kinvecDist } from "./lib/paths.mjs";

const { trainWordVectors } = await import(pathToFileURL(path.join(kinvecDist, "words.node.mjs")));

const { values } = parseArgs({
  options: {
    text: { type: "string" },
    lines: { type: "string", default: "20000" },
    rounds: { type: "string", default: "3" },
  },
});
const sentences = readFileSync(values.text, "utf8")
  .split("\n", Number(values.lines))
  .map((line) => line.split(" "));

const engines = {
  kinvec: async (options) => {
    let words;
    const onProgress = (progress) => {
      words = progress.words;
    };
    await trainWordVectors(sentences, { ...options, onProgress });
    return words;
  },
  "plain, Float32Array": async (options) =>
    trainPlainWord2vec(sentences, options, (length) => new Float32Array(length)).words,
  "plain, arrays": async (options) => trainPlainWord2vec(sentences, options, (length) => Array(length)).words,
};

const common = { dimensions: 100, window: 5, minCount: 5, subsample: 1e-3, minLearningRate: 1e-4, epochs: 2 };
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const rounded = (rate) => (1000 * Math.round(rate / 1000)).toLocaleString("en");

const rows = [];
for (const [architecture, learningRate] of [
  ["cbow", 0.05],
  ["skipgram", 0.025],
]) {
  const rates = Object.fromEntries(Object.keys(engines).map((name) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, train] of Object.entries(engines)) {
      const start = process.cpuUsage();
      const words = await train({ ...common, architecture, learningRate });
      const { user, system } = process.cpuUsage(start);
      rates[name].push((words * 1e6) / (user + system));
    }
  }
  for (const [name, list] of Object.entries(rates)) {
    const ratio = (of) => `${(of(rates.kinvec) / of(list)).toFixed(1)} ×`;
    const best = (numbers) => Math.max(...numbers);
    rows.push([architecture, name, rounded(best(list)), rounded(median(list)), ratio(best), ratio(median)]);
  }
}
const head = ["architecture", "engine", "words/s, best", "words/s, median", "kinvec, best", "kinvec, median"];
process.stdout.write(`${machine()}; ${versionOfKinvec()}; Node.js ${process.version}\n\n${table(head, rows)}\n`);
