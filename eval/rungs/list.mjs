// The rungs of the ladder, from counting words to a transformer: what they are called, how they are trained, and what each
// cannot do.

/** Choices that are the same for all word vectors. Epochs and `a` were chosen on STS-B's dev set, never on what is reported. */
const common = { dimensions: 100, epochs: 15 };

/** `training`: options of trainWordVectors. `model`: a file in models/. `published`: a file that is given. */
export const rungs = {
  counts: {
    title: "Counts of words",
    kind: "counts",
    cannot: "No word is like another: a cat and a kitten have nothing in common.",
  },
  tfidf: {
    title: "TF-IDF",
    kind: "counts",
    cannot: "Knows which words matter, but not that two of them mean the same.",
  },
  cbow: {
    title: "Word2Vec, CBOW",
    training: { method: "word2vec", architecture: "cbow", ...common },
    cannot: "One vector a word, whatever the sentence; nothing for a word that was not in the text five times.",
  },
  skipgram: {
    title: "Word2Vec, skip-gram",
    training: { method: "word2vec", architecture: "skipgram", ...common },
    cannot: "The same, in three times the time; means of its words are better, pairs of words are not.",
  },
  glove: {
    title: "GloVe",
    training: { method: "glove", xMax: 10, dimensions: common.dimensions },
    cannot: "The same; pairs of words have to be seen together often, for which this text is small.",
  },
  fasttext: {
    title: "FastText",
    training: { method: "fasttext", architecture: "skipgram", ...common },
    cannot: "Takes what is spelt alike for alike in meaning, and its file is the largest of those trained here.",
  },
  published: {
    title: "GloVe, published (6 billion words, 50 dimensions)",
    kind: "published",
    cannot: "Knows 400,000 words, and still no order of words: who bit whom is lost.",
  },
  "static-small": {
    title: "Static model, small",
    kind: "model",
    model: "all-MiniLM-L6-v2-static-small.q4.gguf",
    cannot: "No order of words, no context; a rare word is the mean of its pieces.",
  },
  static: {
    title: "Static model",
    kind: "model",
    model: "all-MiniLM-L6-v2-static.q4.gguf",
    cannot: "No order of words, no context.",
  },
  transformer: {
    title: "Transformer (all-MiniLM-L6-v2, 8 bits)",
    kind: "model",
    model: "all-MiniLM-L6-v2.q8.gguf",
    cannot: "Is slow beside all others, cannot be trained in a page, and reads 256 tokens at most.",
  },
};

/** Which texts word vectors for a domain are trained on. */
export const ways = {
  general: "general text",
  domain: "domain's text",
  continued: "general text, then the domain's",
};
