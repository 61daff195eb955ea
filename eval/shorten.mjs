// `node eval/shorten.mjs --data=DIR`: shorter vectors of the bundled model, compared. What is fitted is so to STS-B's training
// sentences, for its test pairs, and to Cranfield's documents, for its questions.
//
//   --data=DIR   the folder with stsb/ and cranfield/ (or KINVEC_DATA)
//
// Writes eval/shorten.json, of which the documentation makes its table.

import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { parseCsv } from "../tools/lib/csv.mjs";
import { root, runMain } from "../tools/lib/project.mjs";
import { readCranfield } from "./lib/cranfield.mjs";
import { keep, rounded } from "./lib/publish.mjs";
import { agreementWithPeople, searchQuality, shortForms } from "./lib/shorten.mjs";
import { shortenTable } from "./lib/shorten_table.mjs";
import { modelFile, vectorsOf } from "./lib/vectors.mjs";

const say = (line) => process.stderr.write(`${line}\n`);

function pairsOf(file) {
  return parseCsv(readFileSync(file, "utf8")).filter((record) => record.length === 3);
}

const sentencesOf = (pairs) => pairs.flatMap((pair) => pair.slice(0, 2));

/** For the fit the sentences of the training pairs, without those of the test pairs. */
async function readPairs(folder) {
  const test = pairsOf(path.join(folder, "stsb-en-test.csv"));
  const tested = new Set(sentencesOf(test));
  const training = new Set(sentencesOf(pairsOf(path.join(folder, "stsb-en-train.csv"))));
  const vectorsOfAll = (texts) => vectorsOf(texts, { onProgress: say });
  return {
    corpus: await vectorsOfAll([...training].filter((text) => !tested.has(text))),
    left: await vectorsOfAll(test.map(([left]) => left)),
    right: await vectorsOfAll(test.map(([, right]) => right)),
    scores: test.map(([, , score]) => Number(score)),
  };
}

async function readCollection(folder) {
  const { documents, queries, relevant } = readCranfield(folder);
  const texts = (list) => list.map(({ text }) => text);
  const asked = await vectorsOf(texts(queries), { role: "query", onProgress: say });
  return {
    ids: documents.map(({ id }) => id),
    documents: await vectorsOf(texts(documents), { onProgress: say }),
    queries: queries.map(({ id }, i) => ({ id, vector: asked[i] })),
    relevant,
  };
}

await runMain(async () => {
  const { values } = parseArgs({ options: { data: { type: "string", default: process.env.KINVEC_DATA } } });
  if (!values.data) throw new Error("no data folder: give one with --data=DIR or in KINVEC_DATA (see eval/README.md)");
  const pairs = await readPairs(path.join(values.data, "stsb"));
  const collection = await readCollection(path.join(values.data, "cranfield"));
  const forms = [];
  for (const form of shortForms(pairs.left[0].length)) {
    say(form.title);
    const spearman = await agreementWithPeople(form, pairs);
    forms.push({ title: form.title, bytes: form.bytes, spearman, ndcg: await searchQuality(form, collection) });
  }
  const made = `${path.basename(modelFile)}; ${pairs.corpus.length} training sentences, ${pairs.scores.length} test pairs; ${collection.ids.length} documents, ${collection.queries.length} questions.`;
  const results = rounded({ made, forms });
  keep(path.join(root, "eval/shorten.json"), `${JSON.stringify(results, null, 2)}\n`);
  process.stdout.write(`${shortenTable(results)}\n`);
});
