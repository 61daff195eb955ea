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
import { rankCorrelation } from "./lib/rank_correlation.mjs";

runMain(async () => {
  const [file, ...models] = process.argv.slice(2);
  const { load, similarity } = await import(pathToFileURL(`${root}/dist/node.mjs`).href);
  const pairs = parseCsv(readFileSync(file, "utf8")).filter((record) => record.length === 3);
  const scores = pairs.map(([, , score]) => Number(score));
  for (const name of models) {
    const [source, dtype = "auto"] = name.split("@");
    const model = await load(source, { dtype });
    const left = (await model.embed(pairs.map(([first]) => first))).vectors;
    const right = (await model.embed(pairs.map(([, second]) => second))).vectors;
    model.dispose();
    const similarities = left.map((vector, i) => similarity(vector, right[i]));
    process.stdout.write(`${name}: ${rankCorrelation(similarities, scores).toFixed(5)} on ${pairs.length} pairs\n`);
  }
});
