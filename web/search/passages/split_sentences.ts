// A text as sentences, by the platform's own rules where it has them.
import { checkOptions, checkText, invalid, typeName } from "../../arguments.ts";

/** One sentence of a text and where it stands: `text.slice(start, end)`, in UTF-16 units. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
}

/** Options of `splitSentences`. */
export interface SentenceOptions {
  /** The language, as `"de"` or `"pt-BR"`, for its own rules if it has any; default: those of all languages. */
  locale?: string | undefined;
}

const kLine = /[^\r\n\u2028\u2029]*(?:\r\n|[\r\n\u2028\u2029])?/g;
const kBreaks = /[\r\n\u2028\u2029]/g;
const kListItem = /^\s*(?:[-*+•>|#]|\d+[.)]\s)/;
const kHeading = /^\s*#/;
// Points behind which a sentence goes on, though what follows is a capital.
const kAbbreviation = /(?:^|[^\p{L}])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St)\.\s*$/u;
// Without Intl.Segmenter: closing marks belong to the end, and no small letter follows it.
const kEnd = /[.!?]+["'”’»)\]]*\s+(?!\p{Ll})|[。！？]+[」』”’）]*\s*/gu;

/**
 * Splits a text into sentences, without the white space around them. Where the platform has `Intl.Segmenter`, its rules
 * hold (Unicode Standard Annex #29); elsewhere a sentence ends with `.`, `!` or `?` before white space that no small
 * letter follows, and with `。`, `！` or `？`. Initials and `Mr.`, `Mrs.`, `Ms.`, `Dr.`, `Prof.`, `St.` end none. A line
 * break within a paragraph is no end; an empty line is, and so are the ends of headings and list items as Markdown has them.
 *
 * @throws KinvecError INVALID_ARGUMENT.
 *
 * @example
 * ```js
 * splitSentences("It rains. Dr. Who is late.").map(({ text }) => text); // ["It rains.", "Dr. Who is late."]
 * ```
 */
export function splitSentences(text: string, options?: SentenceOptions): Sentence[] {
  checkText(text);
  const split = splitter(checkOptions(options).locale);
  const sentences: Sentence[] = [];
  for (const [first, last] of paragraphs(text)) {
    const prose = text.slice(first, last).replace(kBreaks, " "); // of the same length
    let start = 0;
    for (const end of split(prose)) {
      if (end < prose.length && kAbbreviation.test(prose.slice(start, end))) continue;
      const piece = prose.slice(start, end);
      const from = first + start + piece.length - piece.trimStart().length;
      const to = from + piece.trim().length;
      if (to > from) sentences.push({ text: text.slice(from, to), start: from, end: to });
      start = end;
    }
  }
  return sentences;
}

/** Answers where pieces of a text end, the last at its own end. */
function splitter(locale: string | undefined): (prose: string) => Iterable<number> {
  if (locale !== undefined && typeof locale !== "string") {
    throw invalid(`options.locale must be a string, not ${typeName(locale)}`);
  }
  if (typeof Intl !== "object" || !Intl.Segmenter) return endsByMarks;
  try {
    const segmenter = new Intl.Segmenter(locale, { granularity: "sentence" });
    return (prose) => Array.from(segmenter.segment(prose), ({ index, segment }) => index + segment.length);
  } catch {
    throw invalid(`options.locale must be the tag of a language, not ${JSON.stringify(locale)}`);
  }
}

function* endsByMarks(prose: string): Generator<number> {
  for (const { 0: mark, index } of prose.matchAll(kEnd)) {
    if (index + mark.length < prose.length) yield index + mark.length;
  }
  if (prose.length > 0) yield prose.length;
}

/** Where the paragraphs, list items and headings of a text begin and end. */
function* paragraphs(text: string): Generator<[first: number, last: number]> {
  let first = 0;
  let afterHeading = false;
  for (const { 0: line, index } of text.matchAll(kLine)) {
    const begins = afterHeading || line.trim() === "" || kListItem.test(line);
    if (begins && index > first) {
      yield [first, index];
      first = index;
    }
    afterHeading = kHeading.test(line);
  }
  if (text.length > first) yield [first, text.length];
}
