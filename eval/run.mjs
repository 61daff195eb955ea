// `npm run eval -- --data DIR`: how good recommendations and search are, on people that are simulated and questions that
// people have judged.
//
//   --data=DIR     the folder with movies/ and cranfield/ (or KINVEC_DATA)
//   --people=400   simulated people; fewer for a look
//   --seed=held-out   of the people; constants were tuned on those of another
//   --only=films,actors,software,drift,prequential,cranfield     some of the parts, printed only
//   --report       the tables and plots again from eval/results.json, without measuring
//
// A run of all parts writes eval/results.json, eval/results.md and the plots of the documentation.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { evaluate, parts } from "./lib/evaluate.mjs";
import { publish, report } from "./lib/report.mjs";

const folder = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const resultsFile = path.join(folder, "results.json");

function options() {
  const { values } = parseArgs({
    options: {
      data: { type: "string", default: process.env.KINVEC_DATA },
      people: { type: "string", default: "400" },
      seed: { type: "string", default: "held-out" },
      only: { type: "string" },
      report: { type: "boolean", default: false },
    },
  });
  const people = Number(values.people);
  const only = values.only?.split(",");
  if (!(Number.isInteger(people) && people >= 2) || only?.some((name) => !parts.includes(name))) {
    throw new Error(
      `usage: npm run eval -- --data=DIR [--people=400] [--seed=held-out] [--only=${parts.join(",")}] [--report]`,
    );
  }
  return { ...values, people, only };
}

async function main() {
  const { data, people, seed, only, report: again } = options();
  if (again) {
    publish(JSON.parse(readFileSync(resultsFile, "utf8")));
    return;
  }
  if (!data) throw new Error("no data folder: give one with --data=DIR or in KINVEC_DATA (see eval/README.md)");
  for (const name of ["movies", "cranfield"]) {
    const needed = path.join(data, name);
    if (!existsSync(needed))
      throw new Error(`the data folder has no ${name}/: ${needed} is missing (see eval/README.md)`);
  }
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const results = await evaluate({
    data,
    people,
    seed,
    parts: only ?? parts,
    onProgress: (line) => process.stdout.write(`${String(seconds()).padStart(5)} s  ${line}\n`),
  });
  process.stdout.write(`\n${report(results)}`);
  if (only === undefined) publish(results, resultsFile);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`eval: ${error.message}\n`);
  process.exitCode = 1;
}
