// Options of the vectorizers, by scikit-learn's names and with its defaults, and what they are once checked.
import { checkBoolean, checkInteger, checkOptions, checkWord, invalid, typeName } from "../../arguments.ts";
import { isA } from "../../realms.ts";
import { checkFunction } from "../../search/checks.ts";
import { columnsOf } from "./one_hot.ts";

/** Options of a `CountVectorizer`; names and defaults are scikit-learn's. */
export interface CountOptions {
  /**
   * What a term is: `word`, the default; `char`, any neighbouring characters, runs of white space being one space; or
   * `char_wb`, neighbouring characters within a word and the spaces around it.
   */
  analyzer?: "word" | "char" | "char_wb" | undefined;
  /** Whether texts are read in lower case; default true. */
  lowercase?: boolean | undefined;
  /** What a word is, or its one group; default: two or more letters, digits or underscores of any script. */
  tokenPattern?: RegExp | undefined;
  /** Splits a text into words instead of `tokenPattern`. */
  tokenizer?: ((text: string) => readonly string[]) | undefined;
  /** Words that are left out, as they stand after `lowercase`; default: none. */
  stopWords?: readonly string[] | undefined;
  /** How many words or characters a term has, from and to; default [1, 1]. */
  ngramRange?: readonly [least: number, most: number] | undefined;
  /** In how many texts a term must occur: a number of texts from 1, or below 1 a share of them; default 1. */
  minDf?: number | undefined;
  /** In how many texts a term may occur: a number of texts from 1, or below 1 a share of them; default: all. */
  maxDf?: number | undefined;
  /** Most terms, the most frequent; of equals those that come first by code points. Default: no limit. */
  maxFeatures?: number | undefined;
  /** Whether a term counts once in a text however often it occurs; default false. */
  binary?: boolean | undefined;
  /** The terms, in the order of their columns; then none are learned, nor left out by the limits above. */
  vocabulary?: readonly string[] | undefined;
}

/** How a text becomes terms. */
export interface AnalyzerSettings {
  readonly analyzer: "word" | "char" | "char_wb";
  readonly lowercase: boolean;
  readonly tokenPattern: RegExp;
  readonly tokenizer: ((text: string) => readonly string[]) | undefined;
  readonly stopWords: ReadonlySet<string>;
  readonly ngramRange: readonly [least: number, most: number];
}

/** Which terms become columns. */
export interface ColumnLimits {
  readonly minDf: number;
  readonly maxDf: number | undefined;
  readonly maxFeatures: number | undefined;
  readonly binary: boolean;
}

export interface CountSettings extends AnalyzerSettings, ColumnLimits {
  readonly vocabulary: ReadonlyMap<string, number> | undefined;
}

const kMost = Number.MAX_SAFE_INTEGER;
// Python's `\b\w\w+\b` takes runs of its `\w` from the length of 2: what is a letter or number to Unicode, and the
// underscore, but no combining marks.
const kTokenPattern = /[\p{L}\p{N}_]{2,}/u;

export function checkCountOptions(options: CountOptions | undefined): CountSettings {
  const given = checkOptions(options);
  const { analyzer = "word", lowercase = true, tokenizer, ngramRange = [1, 1], binary = false } = given;
  const { tokenPattern = kTokenPattern, stopWords = [], minDf = 1, maxDf, maxFeatures, vocabulary } = given;
  checkWord(analyzer, "options.analyzer", ["word", "char", "char_wb"]);
  checkBoolean(lowercase, "options.lowercase");
  checkFunction(tokenizer, "options.tokenizer");
  checkBoolean(binary, "options.binary");
  checkFrequency(minDf, "options.minDf");
  if (maxDf !== undefined) checkFrequency(maxDf, "options.maxDf");
  checkInteger(maxFeatures, "options.maxFeatures", 1, kMost);
  return {
    analyzer,
    lowercase,
    tokenPattern: checkPattern(tokenPattern),
    tokenizer,
    stopWords: checkStopWords(stopWords),
    ngramRange: checkRange(ngramRange),
    minDf,
    maxDf,
    maxFeatures,
    binary,
    vocabulary: vocabulary === undefined ? undefined : columnsOf(vocabulary, "options.vocabulary"),
  };
}

/** A pattern that finds all words of a text. */
function checkPattern(pattern: unknown): RegExp {
  if (!isA(pattern, "RegExp")) throw invalid(`options.tokenPattern must be a RegExp, not ${typeName(pattern)}`);
  const groups = (new RegExp(`${pattern.source}|`, pattern.flags).exec("")?.length ?? 1) - 1;
  if (groups > 1) throw invalid(`options.tokenPattern must have one group at most, not ${groups}`);
  return new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`);
}

function checkStopWords(words: unknown): ReadonlySet<string> {
  const isList = Array.isArray(words) && words.every((word) => typeof word === "string");
  if (!isList) throw invalid(`options.stopWords must be an array of strings, not ${typeName(words)}`);
  return new Set(words);
}

function checkRange(range: unknown): [least: number, most: number] {
  if (!Array.isArray(range) || range.length !== 2) throw invalid("options.ngramRange must be two numbers, from and to");
  const [least, most] = range;
  checkInteger(least, "options.ngramRange[0]", 1, kMost);
  checkInteger(most, "options.ngramRange[1]", least, kMost);
  return [least, most];
}

function checkFrequency(value: unknown, name: string): void {
  if (typeof value === "number" && value >= 0 && value < 1) return;
  checkInteger(value, name, 1, kMost);
}
