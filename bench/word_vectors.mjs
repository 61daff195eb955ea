// Training word vectors, kinvec and a reference in turn, on the same text with the same settings: words per second of processor
// time, and how well the vectors agree with people. The reference is gensim; for GloVe it is the authors' own program.
//
//   node bench/word_vectors.mjs --text=FILE [--python=python3] [--glove=FOLDER] [--judgements=FILE.csv,...] [--seeds=1]
//     [--epochs=5] [--only=TEXT]
//
// The text has a sentence on each line; `bash tools/fetch_gcide.sh` makes one of 15 MB. Python needs gensim; FOLDER has GloVe's programs
// (vocab_count, cooccur, shuffle, glove), without which GloVe is left out. lib/word_judgements.mjs says what judgements are.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { trainStanfordGlove } from "./engines/stanford_glove.mjs";
import { machine, versionOfKinvec } from "./lib/machine.mjs";
import { table } from "./lib/markdown.mjs";
import { bench, kinvecDist } from "./lib/paths.mjs";
import { readJudgement } from "./lib/word_judgements.mjs";

const { loadWordVectors, trainWordVectors } = await import(pathToFileURL(path.join(kinvecDist, "words.node.mjs")));

const { values } = parseArgs({
  options: {
    text: { type: "string" },
    python: { type: "string", default: "python3" },
    glove: { type: "string" },
    judgements: { type: "string", default: "" },
    seeds: { type: "string", default: "1" },
    epochs: { type: "string", default: "5" },
    only: { type: "string", default: "" },
  },
});
const folder = mkdtempSync(path.join(tmpdir(), "kinvec-bench-"));
const file = path.join(folder, "vectors.bin");
const lines = readFileSync(values.text, "utf8").split("\n");
const judgements = values.judgements.split(",").filter(Boolean).map(readJudgement);

const predicting = {
  dimensions: 100,
  window: 5,
  minCount: 5,
  subsample: 1e-3,
  minLearningRate: 1e-4,
  epochs: Number(values.epochs),
};
const kinds = [
  { method: "word2vec", architecture: "cbow", loss: "negative-sampling", learningRate: 0.05 },
  { method: "word2vec", architecture: "skipgram", loss: "negative-sampling", learningRate: 0.025 },
  { method: "word2vec", architecture: "skipgram", loss: "hierarchical-softmax", learningRate: 0.025 },
  { method: "fasttext", architecture: "cbow", loss: "negative-sampling", learningRate: 0.05 },
  { method: "fasttext", architecture: "skipgram", loss: "negative-sampling", learningRate: 0.05 },
].map((kind) => ({ ...kind, ...predicting }));
// Fewer than ten million words: the smaller xMax that the authors take for such texts.
const glove = { method: "glove", dimensions: 100, window: 15, minCount: 5, xMax: 10, epochs: 25, learningRate: 0.05 };
if (values.glove !== undefined) kinds.push(glove);
const nameOf = ({ method, architecture, loss }) => [method, architecture, loss].filter(Boolean).join(", ");

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

async function trainReference(options) {
  if (options.method === "glove") {
    const rate = trainStanfordGlove(values.glove, values.text, options, folder);
    return {
      rate,
      vectors: await loadWordVectors(readFileSync(path.join(folder, "vectors.txt")), { format: "glove" }),
    };
  }
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const script = path.join(bench, "engines/gensim_words.py");
  const printed = execFileSync(values.python, [script, values.text, JSON.stringify(options), file], { env });
  return { rate: Number(printed), vectors: await loadWordVectors(readFileSync(file)) };
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const rounded = (rate) => (1000 * Math.round(rate / 1000)).toLocaleString("en");

const rows = [];
for (const kind of kinds.filter((kind) => nameOf(kind).includes(values.only))) {
  const turns = { kinvec: [], reference: [] };
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    for (const [engine, train] of Object.entries({ kinvec: trainKinvec, reference: trainReference })) {
      const { rate, vectors } = await train({ ...kind, seed });
      const scores = judgements.map(({ judge }) => judge(vectors));
      turns[engine].push({ rate, scores });
      process.stderr.write(
        `${nameOf(kind)}, seed ${seed}, ${engine}: ${scores.map((score) => score.toFixed(4)).join(" ")}\n`,
      );
    }
  }
  const [kinvec, reference] = Object.values(turns).map((list) => mean(list.map(({ rate }) => rate)));
  const agreement = judgements.map((_, i) => {
    const of = (engine) => mean(turns[engine].map(({ scores }) => scores[i])).toFixed(3);
    return `${of("kinvec")} / ${of("reference")}`;
  });
  rows.push([nameOf(kind), rounded(kinvec), rounded(reference), `${(kinvec / reference).toFixed(2)} ×`, ...agreement]);
}
rmSync(folder, { recursive: true });

const head = ["training", "kinvec, words/s", "reference, words/s", "ratio", ...judgements.map(({ name }) => name)];
process.stdout.write(`${machine()}; ${versionOfKinvec()}; Node.js ${process.version}\n\n${table(head, rows)}\n`);
