// The texts that word vectors are trained on: a general one, and one of a domain. A sentence is a list of words.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gcideTexts } from "../../tools/lib/gcide_texts.mjs";
import { cache, run } from "../../tools/lib/project.mjs";

/** What counts as a word, in all texts and for all rungs that know words: letters and digits, in lower case. */
export const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+(?:'\p{L}+)?/gu) ?? [];

/** @param {string} [file] a sentence on each line; without one, the dictionary GCIDE. */
export function generalText(file) {
  if (file) return textOf(path.basename(file), readFileSync(file, "utf8").split("\n"));
  run("bash", ["tools/fetch_gcide.sh"]);
  return textOf("GCIDE", gcideTexts(path.join(cache, "texts/gcide.dict.dz")));
}

/** @param {string} [file] a sentence on each line; without one, the definitions of biomedical ontologies, each after its name. */
export function domainText(file) {
  if (file) return textOf(path.basename(file), readFileSync(file, "utf8").split("\n"));
  run("bash", ["tools/fetch_biomedical.sh"]);
  const definitions = readFileSync(path.join(cache, "texts/biomedical/definitions.txt"), "utf8").trim().split("\n");
  const lines = definitions.flatMap((line) => {
    const [name, definition] = line.split("\t");
    const withoutSources = definition.replace(/\[[^\]]*\]/g, " ");
    return withoutSources.split(/(?<=[a-z)]{2})[.;]\s+/).map((sentence) => `${name} ${sentence}`);
  });
  return textOf("biomedical ontologies", lines);
}

/** The text with what is known of it: `counts` of words, and a hash that names what is made of it. */
function textOf(title, lines) {
  const sentences = lines.map(wordsOf).filter((words) => words.length > 1);
  const counts = new Map();
  for (const words of sentences) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const written = sentences.map((words) => words.join(" ")).join("\n");
  return {
    title,
    sentences,
    counts,
    bytes: Buffer.byteLength(written),
    words: sentences.reduce((sum, words) => sum + words.length, 0),
    hash: createHash("sha256").update(written).digest("hex").slice(0, 16),
  };
}

/** What the report says of a text. */
export const aboutText = ({ title, bytes, words, sentences }) => ({ title, bytes, words, sentences: sentences.length });
