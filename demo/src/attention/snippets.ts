import type { Snippet } from "../view/snippets.ts";

export const SNIPPETS: readonly Snippet[] = [
  {
    title: "Who looks at whom",
    code: `import { load } from "kinvec";

const model = await load("/all-MiniLM-L6-v2.q8.gguf");
const { tokens, attention } = await model.attention(text);
// Layers and heads count from 0: layer 4, head 2 of this page.
const weights = attention[3][1][tokens.indexOf("he")];`,
  },
  {
    title: "What a token has become",
    code: `const { hiddenStates } = await model.attention(text, {
  hiddenStates: true,
});
const before = hiddenStates[0]; // what the first layer reads
const after = hiddenStates[6]; // what the last one leaves`,
  },
];
