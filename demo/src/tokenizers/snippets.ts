// How to do the same in one's own page.
import type { Snippet } from "../view/snippets.ts";

export const SNIPPETS: readonly Snippet[] = [
  {
    title: "Load a tokenizer and encode",
    code: `import { loadTokenizer } from "kinvec/tokenizers";

const tokenizer = await loadTokenizer("/tokenizer.json");
const { ids, tokens, offsets } = tokenizer.encode(text);
tokenizer.decode(ids);`,
  },
  {
    title: "Train one on your own texts",
    code: `import { trainTokenizer } from "kinvec/tokenizers";

const tokenizer = await trainTokenizer(texts, {
  model: "bpe",
  vocabSize: 4000,
  onProgress: ({ fraction }) => (bar.value = fraction),
});
const file = JSON.stringify(tokenizer.toJSON());`,
  },
];
