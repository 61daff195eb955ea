// The ways of cutting text that the page compares, from the coarsest vocabulary of words to single bytes.

export const SCHEME_KEYS = ["words", "wordpiece", "bpe", "unigram", "characters", "bytes"] as const;
export type SchemeKey = (typeof SCHEME_KEYS)[number];

/** A row of the comparison: a scheme of the page, or the tokenizer that the person trained. */
export type RowKey = SchemeKey | "own";

export interface Scheme {
  name: string;
  about: string;
}

export const SCHEMES: Record<SchemeKey, Scheme> = {
  words: { name: "Words", about: "One number for each whole word. A word that was never met is unknown." },
  wordpiece: {
    name: "WordPiece",
    about:
      "The longest known piece first; ## marks the middle of a word. BERT reads so, and this site\u2019s search too.",
  },
  bpe: {
    name: "BPE",
    about: "Starts from bytes and joins pairs, in the order in which they were learned. GPT and Llama read so.",
  },
  unigram: {
    name: "Unigram",
    about: "Of all ways to cut, the most probable one; \u2581 stands for a space. T5 and XLM-R read so.",
  },
  characters: { name: "Characters", about: "One number for each character. Few numbers to learn, long texts to read." },
  bytes: { name: "Bytes", about: "One number for each UTF-8 byte. 256 of them write everything there is." },
};

/** What can be trained in the page; characters and bytes leave next to nothing to learn. */
export const TRAINABLE = ["bpe", "wordpiece", "unigram", "words"] as const satisfies readonly SchemeKey[];
export type TrainableKey = (typeof TRAINABLE)[number];
