import { load } from "./node_modules/kinvec/dist/index.mjs";
import { createIndex } from "./node_modules/kinvec/dist/search.mjs";

const texts = ["a red fox", "a tax form", "a loaf of bread"];

// Asked for once; questions that come earlier wait for it.
const ready = prepare();

async function prepare() {
  const model = await load(new URL("models/all-MiniLM-L6-v2.q8.gguf", import.meta.url));
  const index = await createIndex({ dimensions: model.info().dimensions });
  const { vectors } = await model.embed(texts, { role: "document" });
  index.add(texts, vectors);
  return { model, index };
}

addEventListener("message", async ({ data: question }) => {
  const { model, index } = await ready;
  const { vectors } = await model.embed(question, { role: "query" });
  const [best] = index.search(vectors[0], { topK: 1 });
  postMessage({ text: best.id, score: best.score });
});
