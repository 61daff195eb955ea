// How to do the same in one's own page.
import { h } from "../../view/dom.ts";

const SNIPPETS: { title: string; code: string }[] = [
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

export function showSnippets(container: HTMLElement): void {
  container.replaceChildren(
    ...SNIPPETS.map(({ title, code }) =>
      h("figure", {}, h("figcaption", {}, title), h("pre", { tabindex: 0 }, h("code", {}, code))),
    ),
  );
}
