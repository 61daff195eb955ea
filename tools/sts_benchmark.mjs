// Spearman's correlation of a model's similarities with people's, on sentence pairs: the usual figure of STS-B's test set.
//
//   node tools/sts_benchmark.mjs <pairs.csv> <model>...
//
// The pairs are lines of `sentence,sentence,score` (stsb-multi-mt's stsb-en-test.csv, say). A model is what load() takes,
// with @f32 behind it for the 32-bit path. Needs a built dist/.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseCsv } from "./lib/csv.mjs";
import { root, runMain } from "./lib/project.mjs";

/** Ranks of values, ties sharing theirs. */
function ranks(values) {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const result = new Array(values.length);
  for (let from = 0, to; from < order.length; from = to) {
    for (to = from + 1; to < order.length && values[order[to]] === values[order[from]]; ) to++;
    for (let i = from; i < to; i++) result[order[i]] = (from + to - 1) / 2;
  }
  return result;
}

function correlation(a, b) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

runMain(async () => {
  const [file, ...models] = process.argv.slice(2);
  const { load, similarity } = await import(pathToFileURL(`${root}/dist/node.mjs`).href);
  const pairs = parseCsv(readFileSync(file, "utf8")).filter((record) => record.length === 3);
  const scores = ranks(pairs.map(([, , score]) => Number(score)));
  for (const name of models) {
    const [source, dtype = "auto"] = name.split("@");
    const model = await load(source, { dtype });
    const left = (await model.embed(pairs.map(([first]) => first))).vectors;
    const right = (await model.embed(pairs.map(([, second]) => second))).vectors;
    model.dispose();
    const similarities = left.map((vector, i) => similarity(vector, right[i]));
    process.stdout.write(`${name}: ${correlation(ranks(similarities), scores).toFixed(5)} on ${pairs.length} pairs\n`);
  }
});
