// A text as the terms that a search by words looks up. No dictionary and no language is known here: what has several
// forms in a language needs a stemmer, which a Bm25 takes as `analyze`.
import { checkText } from "../../arguments.ts";

/** One term of a text and where it stands: `text.slice(start, end)`, in UTF-16 units. */
export interface Word {
  /** As it is looked up: without case, accents and variants of width. */
  term: string;
  start: number;
  end: number;
}

// Marks belong to the letter before them; the joiners stand within words of some scripts.
const kRun = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c\u200d]*/gu;
const kAscii = /^[0-9A-Za-z]*$/;
// Scripts that put no space between words, and Hangul, whose words carry their particles.
const kUnspaced =
  "\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}";
const kPieces = /* @__PURE__ */ new RegExp(`[${kUnspaced}]+|[^${kUnspaced}]+`, "gu");
const kStartsUnspaced = /* @__PURE__ */ new RegExp(`^[${kUnspaced}]`, "u");
const kCharacters = /[^\p{M}]\p{M}*/gu;
const kHan = /^\p{Script=Han}/u;
// Accents and the joiners are of no script of their own. The marks of voiced kana are neither, but tell sounds apart.
const kAccents = /(?![\u3099\u309a])\p{Script=Inherited}/gu;

/**
 * Splits a text into terms: the runs of letters and numbers. In scripts without spaces (Chinese, Japanese, Thai, Lao,
 * Khmer, Burmese) and in Korean a term is each pair of neighbouring characters, which overlap, and each Chinese character
 * by itself.
 *
 * Terms are folded: Unicode's compatibility decomposition (NFKD), no accents, upper case and then lower case, composed
 * again (NFKC). So `Ünïcode`, `ＵＮＩＣＯＤＥ` and `unicode` are one, as are `Straße` and `STRASSE`.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * splitWords("Crème brûlée").map(({ term }) => term); // ["creme", "brulee"]
 * ```
 */
export function splitWords(text: string): Word[] {
  const words: Word[] = [];
  for (const run of checkText(text).matchAll(kRun)) {
    if (kAscii.test(run[0])) {
      // Most words are this simple.
      words.push({ term: run[0].toLowerCase(), start: run.index, end: run.index + run[0].length });
      continue;
    }
    for (const piece of run[0].matchAll(kPieces)) {
      const start = run.index + piece.index;
      if (kStartsUnspaced.test(piece[0])) addPairs(words, piece[0], start);
      else add(words, piece[0], start);
    }
  }
  return words;
}

/** The terms of a text, in its order: what a Bm25 takes by default. */
export function termsOf(text: string): string[] {
  return splitWords(text).map(({ term }) => term);
}

function addPairs(words: Word[], run: string, start: number): void {
  const characters = [...run.matchAll(kCharacters)];
  for (const [i, { 0: character, index }] of characters.entries()) {
    const next = characters[i + 1]?.[0];
    if (kHan.test(character) || characters.length === 1) add(words, character, start + index);
    if (next !== undefined) add(words, character + next, start + index);
  }
}

function add(words: Word[], written: string, start: number): void {
  words.push({ term: fold(written), start, end: start + written.length });
}

function fold(word: string): string {
  return word.normalize("NFKD").replace(kAccents, "").toUpperCase().toLowerCase().normalize("NFKC");
}
