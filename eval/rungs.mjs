// `npm run rungs -- --data=DIR`: all ways from texts to vectors that the package has, from counting words to a transformer,
// compared: what they know, what they cost, and what they make of a domain.
//
//   --data=DIR     the folder with stsb/, words/ and biosses/ (or KINVEC_DATA)
//   --text=FILE    what word vectors are trained on, a sentence on each line, instead of the dictionary GCIDE
//   --domain=FILE  the domain's text, instead of the definitions of biomedical ontologies
//   --glove=FILE   published vectors, made by eval/rungs/glove_file.py; left out without
//   --seeds=1      trainings of each kind, whose figures are averaged
//   --epochs=N, --rounds=5    fewer epochs of training or rounds of timing, for a look
//   --only=rungs,domain       one of the parts, printed only
//   --report       the tables and the plot again from eval/rungs.json, without measuring
//
// Trained vectors are kept in the cache folder. A run of both parts writes eval/rungs.json, eval/rungs.md and the plot of the
// documentation.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "../tools/lib/project.mjs";
import { compareRungs, parts } from "./rungs/compare.mjs";
import { files } from "./rungs/judged.mjs";
import { publishRungs, rungsReport } from "./rungs/report.mjs";

const resultsFile = path.join(root, "eval/rungs.json");

function options() {
  const { values } = parseArgs({
    options: {
      data: { type: "string", default: process.env.KINVEC_DATA },
      text: { type: "string" },
      domain: { type: "string" },
      glove: { type: "string" },
      seeds: { type: "string", default: "1" },
      epochs: { type: "string" },
      rounds: { type: "string", default: "5" },
      only: { type: "string" },
      report: { type: "boolean", default: false },
    },
  });
  const [seeds, rounds] = [Number(values.seeds), Number(values.rounds)];
  const epochs = values.epochs === undefined ? undefined : Number(values.epochs);
  const only = values.only?.split(",");
  const isCount = (value) => Number.isInteger(value) && value >= 1;
  if (![seeds, rounds, epochs ?? 1].every(isCount) || only?.some((name) => !parts.includes(name))) {
    throw new Error(
      "usage: npm run rungs -- --data=DIR [--text=FILE] [--domain=FILE] [--glove=FILE] [--seeds=1] [--report]",
    );
  }
  return { ...values, seeds, rounds, epochs, only };
}

async function main() {
  const { report: again, only, ...settings } = options();
  if (again) {
    publishRungs(JSON.parse(readFileSync(resultsFile, "utf8")));
    return;
  }
  const { data } = settings;
  if (!data) throw new Error("no data folder: give one with --data=DIR or in KINVEC_DATA (see eval/README.md)");
  const needed = [
    ...Object.values(files).map((name) => path.join(data, name)),
    settings.text,
    settings.domain,
    settings.glove,
  ];
  for (const file of needed.filter((name) => name !== undefined)) {
    if (!existsSync(file)) throw new Error(`${file} is missing (see eval/README.md)`);
  }
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const results = await compareRungs({
    ...settings,
    parts: only ?? parts,
    onProgress: (line) => process.stdout.write(`${String(seconds()).padStart(5)} s  ${line}\n`),
  });
  process.stdout.write(`\n${rungsReport(results)}`);
  if (only === undefined) publishRungs(results, resultsFile);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`rungs: ${error.message}\n`);
  process.exitCode = 1;
}
