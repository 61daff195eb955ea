// `npm run bench`: kinvec beside its peers, in three browsers and in Node.js, and its start beside theirs.  On its own,
// `--only=tokenizers`: its tokenizers beside the reference library and the JavaScript ones.
//
//   --rounds=5   counted turns of each engine on each workload     --out=FOLDER for the reports (- for none)
//   --budget=300 milliseconds of a turn                            --as-built   measure dist/ as it is, without a build
//   --only=chromium,firefox,webkit,node,start,workers,tokenizers,search,recommend   some of the parts; `browser`: the first three
//   --report     make the reports again from bench/results.json, without measuring
//
// Without --only, it runs the parts up to workers, and writes bench/results.json, bench/results.md, bench/speed.svg and
// the README's figures; a run of some parts prints its report, and writes it where --out says.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./lib/chart.mjs";
import { machine, versionOfKinvec } from "./lib/machine.mjs";
import { bench, root } from "./lib/paths.mjs";
import { onnxOrigin, packageVersion, prepare } from "./lib/prepare.mjs";
import { withFigures } from "./lib/readme.mjs";
import { report } from "./lib/report.mjs";

const browsers = ["chromium", "firefox", "webkit"];
const runtimes = [...browsers, "node"];
const ofModels = [...runtimes, "start", "workers"];
const alone = ["tokenizers", "search", "recommend"];
const parts = [...ofModels, ...alone];
const startRounds = 3;
const resultsFile = path.join(bench, "results.json");

function options() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      budget: { type: "string", default: "300" },
      only: { type: "string" },
      "as-built": { type: "boolean", default: false },
      report: { type: "boolean", default: false },
      out: { type: "string" },
    },
  });
  const [rounds, budget] = [Number(values.rounds), Number(values.budget)];
  const only = values.only?.split(",").flatMap((name) => (name === "browser" ? browsers : [name]));
  if (!(rounds >= 1 && budget >= 0) || only?.some((name) => !parts.includes(name))) {
    throw new Error(
      `usage: npm run bench -- [--rounds=5] [--budget=300] [--only=${parts.join(",")}] [--out=FOLDER] [--as-built] [--report]`,
    );
  }
  return { ...values, rounds, budget, only, parts: only ?? ofModels, out: values.out ?? (only ? "-" : bench) };
}

const say = (line) => process.stdout.write(`  ${line}\n`);

/** As pinned for the golden files, which the bench's process is installed from. */
function referenceVersion() {
  const pinned = readFileSync(path.join(root, "tests/golden/tokenizer/requirements.txt"), "utf8");
  return /tokenizers==(\S+)/.exec(pinned)[1];
}

/** What the results were made with. */
function circumstances({ rounds, budget }) {
  const names = ["onnxruntime-web", "@huggingface/transformers", "onnxruntime-node", "@wllama/wllama"];
  const packages = Object.fromEntries(names.map((name) => [name, packageVersion(name)]));
  const transformers = path.join(bench, "node_modules/@huggingface/transformers/package.json");
  const own = `its own onnxruntime-web ${packageVersion("onnxruntime-web", transformers)}`;
  const versions = names.map((name) => `${name} ${packages[name]}${name.endsWith("transformers") ? ` (${own})` : ""}`);
  return {
    machine: machine(),
    packages,
    versions: [versionOfKinvec(), ...versions].join("; "),
    onnx: onnxOrigin(),
    rounds,
    budget,
  };
}

/** Opens the engines in one runtime, lets them take turns, and compares their vectors. */
async function sit(name, { workloads, sentences }, { rounds, budget }) {
  const { sittings, longest } = await import("./lib/sittings.mjs");
  const { alternate } = await import("./lib/rounds.mjs");
  const { accuracy } = await import("./lib/accuracy.mjs");
  const { open, engines, compared } = sittings[name];
  const session = await open(engines);
  process.stdout.write(`\n${session.runtime}\n`);
  for (const [engine, why] of Object.entries(session.refused)) say(`${engine}: ${why}`);
  try {
    const opened = session.engines.map((engine) => ({ ...engine, longest: longest[engine.name] }));
    const times = await alternate(opened, workloads, { rounds, budget, onProgress: say });
    const accuracies = {};
    for (const engine of opened.filter((one) => compared.includes(one.name))) {
      say(`comparing the vectors of ${engine.name}`);
      accuracies[engine.name] = await accuracy(engine, sentences);
    }
    return { ...session, times, accuracy: accuracies };
  } finally {
    await session.close();
  }
}

async function benchModels(chosen) {
  // Only now: these need the packages that prepare() brings.
  const [{ makeWorkloads }, { codeBytes }, { measureStart }] = await Promise.all(
    ["workloads", "bytes", "start"].map((name) => import(`./lib/${name}.mjs`)),
  );
  const work = await makeWorkloads();
  const results = {
    made: circumstances(chosen),
    workloads: work.workloads.map(({ name, title, tokens, products }) => ({ name, title, tokens, products })),
    sittings: [],
  };
  if (chosen.parts.includes("start")) {
    process.stdout.write("\nfrom the navigation to the first vector\n");
    results.start = await measureStart(work.startTexts, { rounds: startRounds, onProgress: say });
  }
  if (chosen.parts.includes("workers")) {
    process.stdout.write("\nworkers\n");
    const { measureWorkersApart } = await import("./lib/workers_throughput.mjs");
    results.workers = measureWorkersApart(chosen);
  }
  for (const name of runtimes.filter((part) => chosen.parts.includes(part))) {
    const { runtime, engines, refused, times, accuracy } = await sit(name, work, chosen);
    results.sittings.push({ runtime, engines: engines.map((engine) => engine.name), refused, times });
    results.accuracy = { ...results.accuracy, ...accuracy };
    if (name === "chromium") {
      say("compressing what the pages downloaded (minutes, once)");
      results.bytes = Object.fromEntries(engines.map(({ name, requests }) => [name, codeBytes(requests)]));
    }
  }
  return results;
}

async function benchTokenizers(chosen) {
  const { sitTokenizers } = await import("./lib/tokenizer_sitting.mjs");
  const { tokenizerReport } = await import("./lib/tokenizer_report.mjs");
  process.stdout.write("\ntokenizers\n");
  const sitting = await sitTokenizers({ ...chosen, onProgress: say });
  const peers = `@huggingface/tokenizers ${packageVersion("@huggingface/tokenizers")}, reference tokenizers ${referenceVersion()}`;
  const text = tokenizerReport({ ...chosen, machine: machine(), versions: `${versionOfKinvec()}; ${peers}`, sitting });
  publish("tokenizers.md", text, chosen);
}

async function benchSearch(chosen) {
  const { searchVersions, sitSearch } = await import("./lib/search_sitting.mjs");
  const { searchReport } = await import("./lib/search_report.mjs");
  process.stdout.write("\nsearch\n");
  const sitting = await sitSearch({ ...chosen, onProgress: say });
  const versions = `${versionOfKinvec()}; ${searchVersions()}`;
  publish("search.md", searchReport({ ...chosen, machine: machine(), versions, sitting }), chosen);
}

async function benchRecommend(chosen) {
  const { sitRecommend } = await import("./lib/recommend_sitting.mjs");
  const { recommendReport } = await import("./lib/recommend_report.mjs");
  process.stdout.write("\nrecommendations\n");
  const sittings = await sitRecommend({ ...chosen, onProgress: say });
  const text = recommendReport({ ...chosen, machine: machine(), versions: versionOfKinvec(), sittings });
  publish("recommend.md", text, chosen);
}

/** Prints a report and keeps it; inside the tree it is laid out as every other file is. */
function publish(name, text, { out }) {
  process.stdout.write(`\n${text}`);
  if (out !== "-") keep(path.resolve(out, name), text);
}

function keep(file, text) {
  writeFileSync(file, text);
  if (file.startsWith(root)) {
    spawnSync(process.execPath, [path.join(root, "node_modules/.bin/biome"), "format", "--write", file], { cwd: root });
  }
}

/** The chart and the README's figures, from the results of all parts. */
function publishFigures(results) {
  keep(path.join(bench, "speed.svg"), chart(results));
  const readme = path.join(root, "README.md");
  keep(readme, withFigures(readFileSync(readme, "utf8"), results));
}

async function main() {
  const chosen = options();
  if (chosen.report) {
    const results = JSON.parse(readFileSync(resultsFile, "utf8"));
    publish("results.md", report(results), chosen);
    publishFigures(results);
    return;
  }
  const started = performance.now();
  prepare({ build: !chosen["as-built"], peers: chosen.parts.some((name) => name !== "recommend") });
  if (chosen.parts.some((name) => !alone.includes(name))) {
    const results = await benchModels(chosen);
    publish("results.md", report(results), chosen);
    if (chosen.only === undefined && chosen.out === bench) {
      keep(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
      publishFigures(results);
    }
  }
  if (chosen.parts.includes("tokenizers")) await benchTokenizers(chosen);
  if (chosen.parts.includes("search")) await benchSearch(chosen);
  if (chosen.parts.includes("recommend")) await benchRecommend(chosen);
  process.stdout.write(`\nbench: ${Math.round((performance.now() - started) / 1000)} s\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error.stack ?? error}\n`);
  process.exitCode = 1;
}
