// Sentences and phrases of all fields: the definitions and examples of WordNet, every so many of them.

import { readFileSync } from "node:fs";
import path from "node:path";

/** Shorter ones say too little, and longer ones take long. */
const leastWords = 4;
const mostCharacters = 140;

/** @param {string} folder of WordNet's files. @param {number} step one of so many texts is taken */
export function wordnetTexts(folder, step) {
  const texts = new Set();
  for (const part of ["noun", "verb", "adj", "adv"]) {
    for (const line of readFileSync(path.join(folder, `data.${part}`), "utf8").split("\n")) {
      const start = line.indexOf("| ");
      if (line.startsWith(" ") || start < 0) continue;
      const gloss = line.slice(start + 2);
      const [definition] = gloss.split('; "');
      const examples = Array.from(gloss.matchAll(/"([^"]+)"/g), ([, example]) => example);
      for (const text of [definition, ...examples]) {
        const trimmed = text.trim();
        if (trimmed.split(/\s+/).length >= leastWords && trimmed.length <= mostCharacters) texts.add(trimmed);
      }
    }
  }
  return [...texts].filter((_, i) => i % step === 0);
}
