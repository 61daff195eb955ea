import { load, similarity } from "kinvec";

const answer = document.querySelector("#answer");
const model = await load("/models/all-MiniLM-L6-v2.q8.gguf", { workers: 1 });
const { vectors } = await model.embed(["a red fox", "a fox in the snow"]);
answer.textContent = `Similarity ${similarity(vectors[0], vectors[1]).toFixed(2)}`;
