import { load } from "./node_modules/kinvec/dist/index.mjs";
import { createIndex } from "./node_modules/kinvec/dist/search.mjs";

const texts = ["a red fox", "a tax form", "a loaf of bread"];

// Asked for once; questions that come earlier wait for it.
const ready = prepare();

async function prepare() {
  const model = await load(new URL("models/all-MiniLM-L6-v2.q8.gguf", import.meta.url));
  const index = await createIndex({ model });
  index.add(texts, await model.embed(texts, { role: "document" }));
  return { model, index };
}

addEventListener("message", async ({ data: question }) => {
  const { model, index } = await ready;
  const [best] = index.search(await model.embed(question, { role: "query" }), { topK: 1 });
  postMessage({ text: best.id, score: best.score });
});
