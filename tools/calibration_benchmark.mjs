// What the confidence of scores is worth: how often a search for what an index does not have finds a hit of 0.95 or more,
// which should be 5 times in 100, and how often a sentence that means the same as the query reaches it.
//
//   node tools/calibration_benchmark.mjs <model> <pairs.csv> <texts>...
//
// The pairs are lines of `sentence,sentence,score` (stsb-multi-mt's stsb-en-test.csv, say), of which those of 4 or more
// mean the same. Each other file has a text on each line, about things that the others have nothing of; the pairs' first
// sentences are one more such collection. Needs a built dist/.

import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseCsv } from "./lib/csv.mjs";
import { root, runMain } from "./lib/project.mjs";

const built = (name) => import(pathToFileURL(path.join(root, "dist", name)).href);
const { load } = await built("node.mjs");
const { calibrate, createIndex } = await built("search.node.mjs");

const kSizes = [10, 30, 100, 1000];
const kQueries = 150;
const kDraws = 5; // of the items of an index
const kSure = 0.95;
const kSame = 4;

let state = 1;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0; // Numerical Recipes' generator
  return state / 2 ** 32;
};

/** So many of a list, in any order. */
function draw(list, count) {
  const rest = [...list];
  return Array.from({ length: Math.min(count, rest.length) }, () => {
    const [one] = rest.splice(Math.floor(random() * rest.length), 1);
    return one;
  });
}

async function indexOf(rows) {
  const index = await createIndex({ dimensions: rows[0].length });
  index.add([...rows.keys()], rows);
  return index;
}

const percent = (list) => Math.round((100 * list.filter(Boolean).length) / list.length);

/** Of 100 queries, how many find a hit to be sure of. */
async function falselySure(queries, items, size) {
  const sure = [];
  for (let i = 0; i < kDraws; i++) {
    const index = await indexOf(draw(items, size));
    const calibration = calibrate(index);
    for (const query of draw(queries, kQueries)) {
      sure.push(calibration.of(query).confidence(index.search(query, { topK: 1 })[0].score) >= kSure);
    }
    index.dispose();
  }
  return percent(sure);
}

/** Of 100 pairs that mean the same, in how many the one reaches these confidences for the other among other sentences. */
async function found(pairs, items, size, confidences) {
  const reached = [];
  for (const [query, target] of draw(pairs, kQueries)) {
    const index = await indexOf([target, ...draw(items, size - 1).map((row) => (row === target ? items[0] : row))]);
    const score = index.scoreAll([query])[0][0];
    reached.push(calibrate(index).of(query).confidence(score));
    index.dispose();
  }
  return confidences.map((confidence) => percent(reached.map((one) => one >= confidence)));
}

await runMain(async () => {
  const [modelFile, pairsFile, ...files] = process.argv.slice(2);
  const model = await load(modelFile);
  const embed = async (texts) => (await model.embed(texts)).vectors;
  const records = parseCsv(readFileSync(pairsFile, "utf8")).filter((record) => record.length === 3);
  const firsts = [...new Set(records.map(([first]) => first))];
  const collections = { [path.basename(pairsFile)]: await embed(firsts) };
  for (const file of files) {
    const lines = readFileSync(file, "utf8").split("\n").filter((line) => line.trim() !== ""); // biome-ignore format: one line
    collections[path.basename(file)] = await embed(draw(lines, 1500));
  }
  const own = Object.values(collections)[0];
  const same = records.filter(([, , score]) => Number(score) >= kSame);
  const seconds = await embed(same.map(([, second]) => second));
  const pairs = same.map(([first], i) => [seconds[i], own[firsts.indexOf(first)]]);

  for (const size of kSizes) {
    const shares = [];
    for (const [asking, queries] of Object.entries(collections)) {
      for (const [asked, items] of Object.entries(collections)) {
        if (asking === asked) continue;
        const share = await falselySure(queries, items, size);
        shares.push(share);
        process.stdout.write(`${size} items of ${asked}, queries of ${asking}: ${share} of 100 falsely sure\n`);
      }
    }
    shares.sort((a, b) => a - b);
    const [sure, likely] = await found(pairs, own, size, [kSure, 0.5]);
    process.stdout.write(
      `${size} items: falsely sure ${shares.join(" ")}; same meaning ${sure} sure, ${likely} likely\n`,
    );
  }
});
