// Training word vectors in one thread and in several workers, in turn, on the same text with the same settings: words per second of wall
// time, and how well the vectors agree with people.
//
//   node bench/word_vectors_workers.mjs --text=FILE [--workers=1,2,4] [--judgements=FILE.csv,...] [--seeds=1] [--epochs=5] [--only=TEXT]
//
// Texts and judgements are as in bench/word_vectors.mjs. Times mean something only with as many idle cores as workers.

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { machine, versionOfKinvec } from "./lib/machine.mjs";
import { table } from "./lib/markdown.mjs";
import { kinvecDist } from "./lib/paths.mjs";
import { readJudgement } from "./lib/word_judgements.mjs";

const { trainWordVectors } = await import(pathToFileURL(path.join(kinvecDist, "words.node.mjs")));

const { values } = parseArgs({
  options: {
    text: { type: "string" },
    workers: { type: "string", default: "1,2,4" },
    judgements: { type: "string", default: "" },
    seeds: { type: "string", default: "1" },
    epochs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
  },
});
const lines = readFileSync(values.text, "utf8").split("\n");
const judgements = values.judgements.split(",").filter(Boolean).map(readJudgement);
const kinds = ["word2vec", "fasttext"].flatMap((method) =>
  ["skipgram", "cbow"].map((architecture) => ({ method, architecture })),
);
const nameOf = ({ method, architecture }) => `${method}, ${architecture}`;
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

async function train(options) {
  let last;
  const onProgress = (progress) => {
    last = progress;
  };
  const vectors = await trainWordVectors(lines, { ...options, onProgress });
  return { rate: last.wordsPerSecond, scores: judgements.map(({ judge }) => judge(vectors)) };
}

const rows = [];
for (const kind of kinds.filter((kind) => nameOf(kind).includes(values.only))) {
  const counts = values.workers.split(",").map(Number);
  const turns = new Map(counts.map((workers) => [workers, []]));
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const workers of counts) {
      const turn = await train({ ...kind, workers, seed, epochs: Number(values.epochs) });
      turns.get(workers).push(turn);
      const scores = turn.scores.map((score) => score.toFixed(4)).join(" ");
      process.stderr.write(`${nameOf(kind)}, ${workers}, seed ${seed}: ${Math.round(turn.rate)} words/s, ${scores}\n`);
    }
  }
  const first = mean(turns.get(counts[0]).map(({ rate }) => rate));
  for (const [workers, list] of turns) {
    const rate = mean(list.map((turn) => turn.rate));
    const scores = judgements.map((_, i) => mean(list.map((turn) => turn.scores[i])).toFixed(3));
    const words = (1000 * Math.round(rate / 1000)).toLocaleString("en");
    rows.push([nameOf(kind), workers, words, `${(rate / first).toFixed(2)} ×`, ...scores]);
  }
}
const head = ["training", "workers", "words/s", "ratio", ...judgements.map(({ name }) => name)];
process.stdout.write(`${machine()}; ${versionOfKinvec()}; Node.js ${process.version}\n\n${table(head, rows)}\n`);
