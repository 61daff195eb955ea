// Sentences of a general English text: the definitions and quotations of the GNU dictionary GCIDE, without what only a
// dictionary has: pronunciations, origins, marks of fields and sources. An entry's head word begins each of its sentences.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const leastWords = 3; // of a sentence; cross references have fewer
const leastLetters = 2.5; // a word on the average; what is left of pronunciations has fewer

/** @param {string} file gcide.dict.dz; dictzip is gzip. @returns {string[]} sentences, in lower case, of words alone */
export function gcideTexts(file) {
  const text = gunzipSync(readFileSync(file)).toString("utf8");
  const entries = text.split(/\n(?=\S)/); // the other lines of an entry are indented
  return entries.filter((entry) => !entry.startsWith("00-database")).flatMap(sentencesOf);
}

function sentencesOf(entry) {
  const [head] = entry.split(/\s*[\\\n]/, 1);
  const prose = entry
    .slice(head.length)
    .replace(/^[^\n]*\\[^[\n]*/, " ") // how it is said, part of speech
    .replace(/\[[^[\]]*\]/g, " ") // origins and sources
    .replace(/\[[^[\]]*\]/g, " ") // and those that had others within
    .replace(/--\s*[A-Z][^\n]*/g, ".") // who said it
    .replace(/\([A-Z][A-Za-z. &,]*\)/g, " ") // (Med.)
    .replace(/\b(?:e\. ?g|i\. ?e|cf|esp|etc|viz)\./g, " ")
    .replace(/\b\d+\.|\([a-z]\)/g, ". ") // numbers of senses
    .replace(/[\u0060*"{}]/g, ""); // accents and marks of words
  const first = wordsOf(head);
  return prose
    .split(/[.;:!?]\s|\n\s*\n/)
    .map(wordsOf)
    .filter((words) => words.length >= leastWords && words.join("").length >= leastLetters * words.length)
    .map((words) => [...first, ...words].join(" "));
}

const wordsOf = (text) => text.toLowerCase().match(/\p{L}+(?:'\p{L}+)?/gu) ?? [];
