// Makes the rungs, so that they can be measured.

import { readFileSync } from "node:fs";
import path from "node:path";
import { load } from "kinvec";
import { loadWordVectors, saveWordVectors } from "kinvec/words";
import { root } from "../../tools/lib/project.mjs";
import { CountsRung, ModelRung, WordsRung } from "./kinds.mjs";
import { rungs } from "./list.mjs";
import { trained } from "./trained.mjs";

/**
 * @param {string} name in `rungs`
 * @param {{ general: object, published?: string, seed?: number, epochs?: number }} options `general`: the text; `published`: a
 *   file of vectors; `epochs`: fewer, for a look
 */
export async function makeRung(name, { general, published, seed = 1, epochs, onProgress = () => {} }) {
  const { kind, training, model } = rungs[name];
  if (kind === "counts") return new CountsRung(general, { weighed: name === "tfidf" });
  if (kind === "model") {
    const file = readFileSync(path.join(root, "models", model));
    return new ModelRung(await load(file), file);
  }
  if (kind === "published") {
    // As a page would keep it; the numbers are those that are left.
    const file = Buffer.from(saveWordVectors(await loadWordVectors(readFileSync(published)), { format: "gguf" }));
    return new WordsRung({ vectors: await loadWordVectors(file), file }, general);
  }
  const options = { ...training, ...(epochs && { epochs }), seed };
  const say = (line) => onProgress(`${name}, seed ${seed}, ${line}`);
  return new WordsRung(await trained(general, options, { onProgress: say }), general);
}
