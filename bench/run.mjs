// `npm run bench`: kinvec beside onnxruntime-web and transformers.js, in one Chromium and in Node.js; its tokenizers beside
// the reference library and the JavaScript ones.
//
//   --rounds=5   counted turns of each engine on each workload     --only=browser | node | tokenizers | search
//   --budget=400 milliseconds of a turn                            --out=FOLDER (default bench; - for none)
//   --as-built   measure dist/ as it is, without a build

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bench, root } from "./lib/paths.mjs";
import { onnxOrigin, packageVersion, prepare } from "./lib/prepare.mjs";

const engineNames = ["relaxed", "simd128", "onnxruntime", "transformers"];

function options() {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      budget: { type: "string", default: "400" },
      only: { type: "string" },
      "as-built": { type: "boolean", default: false },
      out: { type: "string", default: bench },
    },
  });
  const [rounds, budget] = [Number(values.rounds), Number(values.budget)];
  if (!(rounds >= 1 && budget >= 0) || ![undefined, "browser", "node", "tokenizers", "search"].includes(values.only)) {
    throw new Error(
      "usage: npm run bench -- [--rounds=5] [--budget=400] [--only=browser|node|tokenizers|search] [--out=FOLDER] [--as-built]",
    );
  }
  return { ...values, rounds, budget };
}

function machine() {
  const { model } = cpus()[0];
  let vnni = "";
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1].split(" ") ?? [];
    vnni = `, AVX-VNNI: ${flags.includes("avx_vnni") ? "yes" : "no"}`;
  } catch {
    // Not Linux: nothing to say.
  }
  return `${model} (${cpus().length} cores${vnni}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;
}

function kinvecVersion() {
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: bench, encoding: "utf8" }).stdout?.trim();
  return `kinvec ${commit ?? ""}`.trim();
}

/** As pinned for the golden files, which the bench's process is installed from. */
function referenceVersion() {
  const pinned = readFileSync(path.join(root, "tests/golden/tokenizer/requirements.txt"), "utf8");
  return /tokenizers==(\S+)/.exec(pinned)[1];
}

function versions() {
  const transformers = path.join(bench, "node_modules/@huggingface/transformers/package.json");
  return [
    kinvecVersion(),
    `onnxruntime-web ${packageVersion("onnxruntime-web")}`,
    `@huggingface/transformers ${packageVersion("@huggingface/transformers")} (its own onnxruntime-web ` +
      `${packageVersion("onnxruntime-web", transformers)}, onnxruntime-node ${packageVersion("onnxruntime-node")})`,
  ].join("; ");
}

/** Opens the engines in one runtime, lets them take turns, and compares their vectors. */
async function sit(open, { workloads, sentences }, { rounds, budget, alternate, accuracy }) {
  const session = await open(engineNames);
  process.stdout.write(`\n${session.runtime}\n`);
  for (const [name, why] of Object.entries(session.refused)) process.stdout.write(`  ${name}: ${why}\n`);
  try {
    const onProgress = (line) => process.stdout.write(`  ${line}\n`);
    const times = await alternate(session.engines, workloads, { rounds, budget, onProgress });
    process.stdout.write("  comparing vectors\n");
    const accuracies = {};
    for (const engine of session.engines) accuracies[engine.name] = await accuracy(engine, sentences);
    return { ...session, times, accuracy: accuracies };
  } finally {
    await session.close();
  }
}

/** Prints a report and keeps it; inside the tree its tables are laid out as every other file's are. */
function publish(name, text, { out }) {
  process.stdout.write(`\n${text}`);
  if (out === "-") return;
  const file = path.resolve(out, name);
  writeFileSync(file, text);
  if (file.startsWith(root)) {
    spawnSync(process.execPath, [path.join(root, "node_modules/.bin/biome"), "format", "--write", file], { cwd: root });
  }
}

async function benchTokenizers(chosen) {
  const { sitTokenizers } = await import("./lib/tokenizer_sitting.mjs");
  const { tokenizerReport } = await import("./lib/tokenizer_report.mjs");
  process.stdout.write("\ntokenizers\n");
  const sitting = await sitTokenizers({ ...chosen, onProgress: (line) => process.stdout.write(`  ${line}\n`) });
  const peers = `@huggingface/tokenizers ${packageVersion("@huggingface/tokenizers")}, reference tokenizers ${referenceVersion()}`;
  const text = tokenizerReport({ ...chosen, machine: machine(), versions: `${kinvecVersion()}; ${peers}`, sitting });
  publish("tokenizers.md", text, chosen);
}

async function benchSearch(chosen) {
  const { searchVersions, sitSearch } = await import("./lib/search_sitting.mjs");
  const { searchReport } = await import("./lib/search_report.mjs");
  process.stdout.write("\nsearch\n");
  const sitting = await sitSearch({ ...chosen, onProgress: (line) => process.stdout.write(`  ${line}\n`) });
  const versions = `${kinvecVersion()}; ${searchVersions()}`;
  publish("search.md", searchReport({ ...chosen, machine: machine(), versions, sitting }), chosen);
}

async function benchModels(chosen) {
  // Only now: these need the packages that prepare() brings.
  const [{ makeWorkloads }, { openInBrowser }, { openInNode }, { alternate }, { accuracy }, { codeBytes }, { report }] =
    await Promise.all(
      ["workloads", "browser", "node", "rounds", "accuracy", "bytes", "report"].map(
        (name) => import(`./lib/${name}.mjs`),
      ),
    );
  const work = await makeWorkloads();
  const sittings = [];
  if (chosen.only !== "node") sittings.push(await sit(openInBrowser, work, { ...chosen, alternate, accuracy }));
  if (chosen.only !== "browser") sittings.push(await sit(openInNode, work, { ...chosen, alternate, accuracy }));

  process.stdout.write("\ncompressing what the pages downloaded (a minute or two)\n");
  const inBrowser = sittings[0].engines.filter(({ requests }) => requests.length > 0);
  const bytes = Object.fromEntries(inBrowser.map(({ name, requests }) => [name, codeBytes(requests)]));
  const text = report({
    ...chosen,
    machine: machine(),
    versions: versions(),
    onnx: onnxOrigin(),
    sittings,
    workloads: work.workloads,
    bytes,
  });
  publish("results.md", text, chosen);
}

async function main() {
  const chosen = options();
  prepare({ build: !chosen["as-built"] });
  if ([undefined, "browser", "node"].includes(chosen.only)) await benchModels(chosen);
  if (chosen.only === undefined || chosen.only === "tokenizers") await benchTokenizers(chosen);
  if (chosen.only === undefined || chosen.only === "search") await benchSearch(chosen);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`bench: ${error.stack ?? error}\n`);
  process.exitCode = 1;
}
