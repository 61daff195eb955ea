// What the page knows about a text whatever the tokenizer: its words, its length, and which colour each stretch of it has.

/** Colours that words take in turn. */
export const HUES = 5;

export interface TextInfo {
  text: string;
  /** Words as readers count them: no spaces, no punctuation. */
  words: number;
  /** Code points. */
  characters: number;
  /** For each UTF-16 unit the colour, 0 to HUES - 1, of the word or sign it belongs to; the same in every scheme. */
  hues: Uint8Array;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

export function textInfo(text: string): TextInfo {
  const hues = new Uint8Array(text.length);
  let words = 0;
  let hue = 0;
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike) words += 1;
    hues.fill(hue, index, index + segment.length);
    if (segment.trim()) hue = (hue + 1) % HUES; // a space takes the colour of the word that it leads to
  }
  let characters = 0;
  for (const _ of text) characters += 1;
  return { text, words, characters, hues };
}
