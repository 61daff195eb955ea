// Kinvec's indexes beside a JavaScript loop and other libraries, in Node.js and in Chromium, and what they find.

import { fork } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../../tests/browser/programs.mjs";
import { bench, cache, kinvecDist, kinvecModel } from "./paths.mjs";
import { clusteredVectors, dimensions, normalVectors } from "./search_data.mjs";
import { serve } from "./server.mjs";

/** Vectors of the large and the small comparison, and of the recall on sentences. */
export const counts = { many: 100_000, few: 10_000, sentences: 20_000 };
const queries = 100;

/** @param {{ rounds: number, budget: number, onProgress(line: string): void }} options */
export async function sitSearch({ rounds, budget, onProgress }) {
  const order = { ...counts, queries, rounds, budget };
  onProgress("recall");
  const recalls = await measureRecall(onProgress);
  onProgress("graphs");
  const graphs = await measureGraphs(onProgress);
  onProgress("Node.js");
  const sittings = [await inNode(order)];
  onProgress("Chromium");
  sittings.push(await inChromium(order));
  return { sittings, recalls, graphs };
}

function inNode(order) {
  const brought = path.join(cache, "node-24/bin/node");
  const script = fileURLToPath(new URL("search_node.mjs", import.meta.url));
  const child = fork(script, { execPath: existsSync(brought) ? brought : process.execPath, execArgv: [] });
  return new Promise((resolve, reject) => {
    child.on("message", (result) => {
      resolve(result);
      child.kill();
    });
    child.on("exit", (code) => reject(new Error(`the process ended with ${code}`)));
    child.send(order);
  });
}

async function inChromium(order) {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: chromiumFlags });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${server.origin}/bench/page/bench.html`);
    const tables = await page.evaluate(
      async (given) => (await import("/bench/page/search.mjs")).measureSearch(given),
      order,
    );
    return { ...tables, runtime: `Chromium ${browser.version()}` };
  } finally {
    await browser.close();
    server.close();
  }
}

/** recall@10 by precision, re-scored and not, on sentences and on vectors that have nothing in common. */
async function measureRecall(onProgress) {
  const { createIndex } = await import(pathToFileURL(path.join(kinvecDist, "search.node.mjs")));
  const sets = [
    { title: `${counts.sentences} sentences`, items: await sentenceVectors(onProgress), queries: 1000 },
    { title: `${counts.many} normal vectors`, items: normalVectors(counts.many + queries, 4), queries },
  ];
  const rows = [];
  for (const { title, items, queries: count } of sets) {
    const asked = items.slice(-count);
    const kept = items.slice(0, -count);
    const find = async (precision, rescore, options) => {
      const index = await createIndex({ dimensions, precision, rescore });
      index.add([...kept.keys()], kept);
      const found = asked.map((query) => index.search(query, options).map(({ id }) => id));
      index.dispose();
      return found;
    };
    const truth = (await find("f32", true)).map((ids) => new Set(ids));
    const recall = (found) =>
      found.reduce((sum, ids, i) => sum + ids.filter((id) => truth[i].has(id)).length, 0) / (10 * count);
    for (const precision of ["int8", "binary"]) {
      const byFactor = {};
      for (const oversampling of precision === "int8" ? [1, 2, 4] : [4, 10, 40, 100]) {
        byFactor[oversampling] = recall(await find(precision, true, { oversampling }));
      }
      rows.push({ title, precision, byFactor, alone: recall(await find(precision, false)) });
    }
  }
  return rows;
}

/** recall@10 and the time of a search by effort, on sentences, on clusters and on vectors that have nothing in common. */
async function measureGraphs(onProgress) {
  const { createIndex } = await import(pathToFileURL(path.join(kinvecDist, "search.node.mjs")));
  const sets = [
    { title: `${counts.sentences} sentences`, items: await sentenceVectors(onProgress) },
    { title: `${counts.many} around centres`, items: clusteredVectors(counts.many + queries, 2) },
    { title: `${counts.many} normal vectors`, items: normalVectors(counts.many + queries, 4) },
  ];
  const rows = [];
  for (const { title, items } of sets) {
    const asked = items.slice(-queries);
    const kept = items.slice(0, -queries);
    const index = await createIndex({ dimensions });
    index.add([...kept.keys()], kept);
    const start = performance.now();
    await index.buildGraph();
    const seconds = (performance.now() - start) / 1000;
    const measured = (options) => {
      const idsOf = () => asked.map((query) => index.search(query, options).map(({ id }) => id));
      const ids = idsOf();
      let min = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const begun = performance.now();
        idsOf();
        min = Math.min(min, (performance.now() - begun) / queries);
      }
      return { ids, min };
    };
    const exact = measured({ exact: true });
    const byEffort = {};
    for (const effort of [16, 32, 64, 128, 256, 1024]) {
      const { ids, min } = measured({ effort });
      const found = ids.reduce((sum, list, i) => sum + list.filter((id) => exact.ids[i].includes(id)).length, 0);
      byEffort[effort] = { recall: found / (10 * queries), min };
    }
    rows.push({ title, seconds, byEffort, exact: exact.min });
    index.dispose();
  }
  return rows;
}

/** Vectors of the sentences of nlp-corpus, kept for the next time. */
async function sentenceVectors(onProgress) {
  const file = path.join(cache, `bench/sentences-${counts.sentences}.f32`);
  if (!existsSync(file)) {
    onProgress(`embedding ${counts.sentences} sentences (a few minutes, once)`);
    const { load } = await import(pathToFileURL(path.join(kinvecDist, "node.mjs")));
    const model = await load(kinvecModel);
    const flat = new Float32Array(counts.sentences * dimensions);
    const { vectors } = await model.embed(sentences());
    for (const [i, vector] of vectors.entries()) flat.set(vector, i * dimensions);
    model.dispose();
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, flat);
  }
  const bytes = readFileSync(file);
  const flat = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return Array.from({ length: counts.sentences }, (_, i) => flat.subarray(i * dimensions, (i + 1) * dimensions));
}

function sentences() {
  const folder = path.join(bench, "node_modules/nlp-corpus/builds");
  const read = (i) => JSON.parse(readFileSync(path.join(folder, `doc-${i}.json`), "utf8"));
  return Array.from({ length: 100 }, (_, i) => read(i))
    .flat()
    .slice(0, counts.sentences);
}

/** Name and version of the packages that are compared. */
export function searchVersions() {
  const version = (name) =>
    JSON.parse(readFileSync(path.join(bench, `node_modules/${name}/package.json`), "utf8")).version;
  return ["usearch", "hnswlib-wasm", "voy-search", "edgevec"].map((name) => `${name} ${version(name)}`).join(", ");
}
