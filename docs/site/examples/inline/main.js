import { load, similarity } from "kinvec/inline";

const answer = document.querySelector("#answer");

document.querySelector("#file").addEventListener("change", async ({ target }) => {
  const model = await load(target.files[0]);
  const { vectors } = await model.embed(["a red fox", "a fox in the snow"]);
  answer.textContent = `Similarity ${similarity(vectors[0], vectors[1]).toFixed(2)}`;
});
