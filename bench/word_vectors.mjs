// Training word vectors, kinvec and gensim in turn, on the same text with the same settings: words per second of processor
// time, and the rank correlation of cosines with what people think of pairs of words.
//
//   node bench/word_vectors.mjs --text=FILE [--python=python3] [--pairs=FILE.csv,...] [--seeds=1] [--epochs=5] [--only=TEXT]
//
// The text has a sentence on each line. Of a file of pairs the last three columns count: two words and a number. Python needs gensim.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { rankCorrelation } from "../tools/lib/rank_correlation.mjs";
import { machine, versionOfKinvec } from "./lib/machine.mjs";
import { table } from "./lib/markdown.mjs";
import { bench, kinvecDist } from "./lib/paths.mjs";

const { loadWordVectors, trainWordVectors } = await import(pathToFileURL(path.join(kinvecDist, "words.node.mjs")));

const kinds = [
  { method: "word2vec", architecture: "cbow", loss: "negative-sampling", learningRate: 0.05 },
  { method: "word2vec", architecture: "skipgram", loss: "negative-sampling", learningRate: 0.025 },
  { method: "word2vec", architecture: "skipgram", loss: "hierarchical-softmax", learningRate: 0.025 },
  { method: "fasttext", architecture: "cbow", loss: "negative-sampling", learningRate: 0.05 },
  { method: "fasttext", architecture: "skipgram", loss: "negative-sampling", learningRate: 0.05 },
];

const { values } = parseArgs({
  options: {
    text: { type: "string" },
    python: { type: "string", default: "python3" },
    pairs: { type: "string", default: "" },
    seeds: { type: "string", default: "1" },
    epochs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
  },
});
const nameOf = ({ method, architecture, loss }) => `${method}, ${architecture}, ${loss}`;
const folder = mkdtempSync(path.join(tmpdir(), "kinvec-bench-"));
const lines = readFileSync(values.text, "utf8").split("\n");
const judged = values.pairs.split(",").filter(Boolean).map(readPairs);

async function trainKinvec(options) {
  let start;
  let words = 0;
  const onProgress = (progress) => {
    if (progress.stage === "read") start = process.cpuUsage();
    words = progress.words;
  };
  const vectors = await trainWordVectors(lines, { ...options, onProgress });
  const { user, system } = process.cpuUsage(start);
  return { rate: (words * 1e6) / (user + system), vectors };
}

async function trainGensim(options) {
  const file = path.join(folder, "vectors.bin");
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const script = path.join(bench, "engines/gensim_words.py");
  const printed = execFileSync(values.python, [script, values.text, JSON.stringify(options), file], { env });
  return { rate: Number(printed), vectors: await loadWordVectors(readFileSync(file)) };
}

function readPairs(file) {
  const rows = readFileSync(file, "utf8").trim().split("\n");
  const pairs = rows.map((row) => row.split(",").slice(-3));
  // MEN's words have their part of speech behind them.
  const word = (text) => text.toLowerCase().replace(/-[nvaj]$/, "");
  return pairs
    .filter(([, , score]) => Number.isFinite(Number(score)))
    .map(([a, b, score]) => ({ a: word(a), b: word(b), score: Number(score) }));
}

/** Spearman's, over the pairs of which both words are known. */
function correlation(vectors, pairs) {
  const known = pairs.filter(({ a, b }) => vectors.has(a) && vectors.has(b));
  return rankCorrelation(
    known.map(({ a, b }) => vectors.similarity(a, b)),
    known.map(({ score }) => score),
  );
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const rounded = (rate) => (1000 * Math.round(rate / 1000)).toLocaleString("en");

const rows = [];
for (const kind of kinds.filter((kind) => nameOf(kind).includes(values.only))) {
  const turns = { kinvec: [], gensim: [] };
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const common = { dimensions: 100, window: 5, minCount: 5, subsample: 1e-3, minLearningRate: 1e-4 };
    const options = { ...kind, ...common, epochs: Number(values.epochs), seed };
    for (const [engine, train] of Object.entries({ kinvec: trainKinvec, gensim: trainGensim })) {
      const { rate, vectors } = await train(options);
      turns[engine].push({ rate, correlations: judged.map((pairs) => correlation(vectors, pairs)) });
    }
  }
  const [kinvec, gensim] = Object.values(turns).map((list) => mean(list.map(({ rate }) => rate)));
  const agreement = judged.map((_, i) => {
    const of = (engine) => mean(turns[engine].map(({ correlations }) => correlations[i])).toFixed(3);
    return `${of("kinvec")} / ${of("gensim")}`;
  });
  rows.push([nameOf(kind), rounded(kinvec), rounded(gensim), `${(kinvec / gensim).toFixed(2)} ×`, ...agreement]);
}
rmSync(folder, { recursive: true });

const files = values.pairs.split(",").filter(Boolean);
const head = ["training", "kinvec, words/s", "gensim, words/s", "ratio", ...files.map((file) => path.parse(file).name)];
process.stdout.write(`${machine()}; ${versionOfKinvec()}; Node.js ${process.version}\n\n${table(head, rows)}\n`);
