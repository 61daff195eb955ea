// A text as the terms that a vectorizer counts: words, or n-grams of words or characters, exactly as scikit-learn makes
// them. Characters are code points, as in Python.
import { checkTerms } from "../../search/checks.ts";
import type { AnalyzerSettings } from "./count_options.ts";

// What Python takes for white space: Unicode's, and the separators of ASCII.
const kSpace = "[\\p{White_Space}\\x1c-\\x1f]";
const kSpaces = /* @__PURE__ */ new RegExp(`${kSpace}+`, "gu");
const kWideSpaces = /* @__PURE__ */ new RegExp(`${kSpace}{2,}`, "gu");

/** The terms of a text, each as often as it occurs. */
export function analyze(text: string, settings: AnalyzerSettings): readonly string[] {
  const { analyzer, lowercase, ngramRange } = settings;
  const read = lowercase ? text.toLowerCase() : text;
  if (analyzer === "char") return ngrams([...read.replace(kWideSpaces, " ")], ngramRange, "");
  if (analyzer === "word") return ngrams(wordsOf(read, settings), ngramRange, " ");
  const words = read.split(kSpaces).filter((word) => word !== "");
  return words.flatMap((word) => ngramsWithin([" ", ...word, " "], ngramRange));
}

function wordsOf(text: string, { tokenPattern, tokenizer, stopWords }: AnalyzerSettings): readonly string[] {
  const words = tokenizer
    ? checkTerms(tokenizer(text), "options.tokenizer")
    : Array.from(text.matchAll(tokenPattern), ([all, ...groups]) => (groups.length > 0 ? (groups[0] ?? "") : all));
  return stopWords.size === 0 ? words : words.filter((word) => !stopWords.has(word));
}

/** Of a word: one that is too short for any is one itself. */
function ngramsWithin(characters: readonly string[], [least, most]: readonly [number, number]): readonly string[] {
  return ngrams(characters, [Math.min(least, characters.length), most], "");
}

function ngrams(pieces: readonly string[], [least, most]: readonly [number, number], joint: string): readonly string[] {
  if (most === 1) return pieces;
  const found: string[] = [];
  for (let n = least; n <= Math.min(most, pieces.length); n++) {
    for (let i = 0; i + n <= pieces.length; i++) found.push(pieces.slice(i, i + n).join(joint));
  }
  return found;
}
