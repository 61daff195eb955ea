// What the package exports, in the order of the reference: each entry and the source that its page is made from.
// A new entry is one line here.

export const entries = {
  kinvec: "web/index.ts",
  "kinvec/search": "web/search/index.ts",
  "kinvec/recommend": "web/recommend/index.ts",
  "kinvec/words": "web/words/index.ts",
  "kinvec/vectors": "web/vectors/index.ts",
  "kinvec/tokenizers": "web/tokenizers/index.ts",
  "kinvec/convert": "web/convert/index.ts",
  "kinvec/inline": "web/inline/index.ts",
  "kinvec/storage": "web/storage/index.ts",
  "kinvec/adapters/langchain": "web/adapters/langchain.ts",
  "kinvec/adapters/ai": "web/adapters/ai.ts",
  "kinvec/adapters/llamaindex": "web/adapters/llamaindex.ts",
  "kinvec/adapters/orama": "web/adapters/orama.ts",
  "kinvec/adapters/openai": "web/adapters/openai.ts",
};
