const { load, similarity } = require("kinvec");

async function main() {
  const model = await load("models/all-MiniLM-L6-v2.q8.gguf");
  const { vectors } = await model.embed(["a red fox", "a fox in the snow"]);
  console.log(`Similarity ${similarity(vectors[0], vectors[1]).toFixed(2)}`);
  model.dispose();
}

main();
