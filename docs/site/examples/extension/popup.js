import { load, similarity } from "./kinvec/index.mjs";

const model = await load("models/all-MiniLM-L6-v2.q8.gguf", { workers: 1 });
const { vectors } = await model.embed(["a red fox", "a fox in the snow"]);
document.querySelector("#answer").textContent = `Similarity ${similarity(vectors[0], vectors[1]).toFixed(2)}`;
