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
    : Array.from(text.matchAll(tokenPattern), (found) => (found.length > 1 ? (found[1] ?? "") : found[0]));
  return stopWords.size === 0 ? words : words.filter((word) => !stopWords.has(word));
}

/** Of a word: one that is too short for any is one itself. */
function ngramsWithin(characters: readonly string[], [least, most]: readonly [number, number]): readonly string[] {
  return ngrams(characters, [Math.min(least, characters.length), most], "");
}

function ngrams(pieces: readonly string[], [least, most]: readonly [number, number], joint: string): readonly string[] {
  if (most === 1) return pieces;
  const found: string[] = [];
  for (let start = 0; start < pieces.length; start++) {
    const end = Math.min(start + most, pieces.length);
    let ngram = pieces[start] as string;
    if (least === 1) found.push(ngram);
    for (let i = start + 1; i < end; i++) {
      ngram += joint + pieces[i];
      if (i - start + 1 >= least) found.push(ngram);
    }
  }
  return found;
}
