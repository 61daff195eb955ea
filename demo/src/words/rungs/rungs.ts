// The rungs of the ladder that the page compares: from counting words to a model that reads the sentence around them.

export const RUNG_KEYS = ["counts", "word2vec", "glove", "fasttext", "static", "contextual"] as const;
export type PageRung = (typeof RUNG_KEYS)[number];

/** A rung of the page, or the vectors that the person trained. */
export type RungKey = PageRung | "own";

/** Rungs that come with a file of vectors. */
export type FileRung = Exclude<PageRung, "counts">;

/** Rungs that a model of texts stands behind, so that every text has a vector. */
export const MODEL_RUNGS = ["static", "contextual"] as const satisfies readonly FileRung[];
export type ModelRung = (typeof MODEL_RUNGS)[number];

export const isModelRung = (key: RungKey): key is ModelRung => (MODEL_RUNGS as readonly RungKey[]).includes(key);

export interface RungText {
  name: string;
  about: string;
}

export const RUNGS: Record<RungKey, RungText> = {
  counts: {
    name: "Counts",
    about: "A word is the list of the entries it stands in, rare words weighing more (TF-IDF). Nothing is learned.",
  },
  word2vec: {
    name: "Word2Vec",
    about: "64 numbers a word, learned by guessing the words around it.",
  },
  glove: {
    name: "GloVe",
    about: "64 numbers a word, learned from how often two words stand near each other.",
  },
  fasttext: {
    name: "FastText",
    about: "As Word2Vec, but a word is made up of its pieces: words that it never saw have a vector too.",
  },
  static: {
    name: "Static model",
    about: "One vector a token, distilled from a language model; a text is their mean, in whatever order.",
  },
  contextual: {
    name: "Language model",
    about: "Reads the whole text, all words looking at each other: all-MiniLM-L6-v2, six layers.",
  },
  own: {
    name: "Yours",
    about: "What you trained on this page.",
  },
};

export const isRungKey = (key: string): key is RungKey => Object.hasOwn(RUNGS, key);
