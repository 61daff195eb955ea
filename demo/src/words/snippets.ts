// How to do the same in one's own page.
import type { Snippet } from "../view/snippets.ts";

export const SNIPPETS: readonly Snippet[] = [
  {
    title: "Neighbours and analogies",
    code: `import { loadWordVectors } from "kinvec/words";

const vectors = await loadWordVectors("/vectors.gguf");
vectors.nearest("river", { topK: 10 });
vectors.analogy({
  positive: ["king", "woman"],
  negative: ["man"],
});`,
  },
  {
    title: "Train your own, and watch",
    code: `import { trainWordVectors } from "kinvec/words";

const vectors = await trainWordVectors(lines, {
  method: "fasttext",
  onProgress: ({ loss }, view) => {
    draw(loss, view.vector("river"));
  },
});`,
  },
  {
    title: "One word in two sentences",
    code: `import { load, similarity } from "kinvec";

const model = await load("/all-MiniLM-L6-v2.q8.gguf");
const wordIn = async (sentence, word) => {
  const { tokens, hiddenStates } = await model.attention(
    sentence, { hiddenStates: true });
  return hiddenStates.at(-1)[tokens.indexOf(word)];
};
similarity(await wordIn("money in the bank", "bank"),
  await wordIn("the river bank", "bank"));`,
  },
];
