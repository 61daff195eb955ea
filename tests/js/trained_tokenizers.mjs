// The tokenizers that are trained for a comparison with the reference: trainings.json says on what, and how. As a program
// it writes them out for tests/golden/tokenizer/make_trained_files.py:
//
//     node tests/js/trained_tokenizers.mjs FOLDER

import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { trainTokenizer } from "kinvec/tokenizers";
import { declarationLines, goldenTexts, programTexts } from "./golden_texts.mjs";
import { goldenJson } from "./goldens.mjs";
import { binaryOption } from "./helpers.mjs";

export const trainings = goldenJson("tokenizer/trainings.json");

const readers = { real: declarationLines, program: programTexts };
const corpora = {};

/** The texts that a tokenizer is trained on. */
export function trainingTexts({ texts, every }) {
  corpora[texts] ??= readers[texts]();
  return corpora[texts].filter((_, i) => i % every === 0);
}

export function train(training) {
  return trainTokenizer(trainingTexts(training), { ...training.options, ...binaryOption });
}

/** Texts to encode: some that it was trained on, and some unlike any of them. */
export function testTexts(training) {
  const known = trainingTexts(training).filter((_, i) => i % 20 === 0);
  return [...known, ...goldenTexts("random", 300), ...goldenTexts("mixed", 300)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const training of trainings) {
    const file = path.join(process.argv[2], `${training.name}.json`);
    writeFileSync(file, JSON.stringify(await train(training)));
  }
}
