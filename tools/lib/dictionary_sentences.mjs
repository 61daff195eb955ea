// A dictionary in the format of dictd, from the standard input to sentences of plain words, one a line, on the standard output. An
// entry begins at the margin and is indented below; definitions are numbered, quotations have their author behind "--".

import { readFileSync } from "node:fs";

/** Shorter ones say too little. */
const leastWords = 4;

const dictionary = readFileSync(0, "utf8");
const notes = /\[[^\]]*\]|--\s*\S[^\n]*$|\\[^\\]*\\|\([A-Z][a-z]+\.?\)/gm; // sources and etymologies, authors, pronunciations, fields
const sentences = dictionary
  .replace(notes, " ")
  .split(/\n\s*\n|\n(?=\S)|\n\s+\d+\.\s/)
  .flatMap((paragraph) => paragraph.replace(/\s+/g, " ").split(/(?<=[a-z)]{2}[.;:?!])\s/))
  .map((sentence) =>
    (sentence.toLowerCase().match(/[a-z]+(?:['-][a-z]+)*/g) ?? []).filter(
      (word) => word.length > 1 || /[ai]/.test(word),
    ),
  )
  .filter((words) => words.length >= leastWords)
  .map((words) => words.join(" "));
process.stdout.write(`${[...new Set(sentences)].join("\n")}\n`);
