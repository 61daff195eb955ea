// Where the words of a query stand in a text, for highlighting them.
import { splitWords, type Word } from "./split_words.ts";

/** A part of a text: `text.slice(start, end)`, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** The words of a text that are `wanted`; those that overlap as one. */
export function locate(text: string, wanted: (word: Word) => boolean): Span[] {
  const spans: Span[] = [];
  for (const word of splitWords(text)) {
    if (!wanted(word)) continue;
    const last = spans.at(-1);
    if (last && word.start < last.end) last.end = Math.max(last.end, word.end);
    else spans.push({ start: word.start, end: word.end });
  }
  return spans;
}
