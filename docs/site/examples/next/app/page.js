"use client";

import { load, similarity } from "kinvec";
import { useEffect, useState } from "react";

async function compare() {
  const model = await load("/models/all-MiniLM-L6-v2.q8.gguf", { workers: 1 });
  const { vectors } = await model.embed(["a red fox", "a fox in the snow"]);
  model.dispose();
  return similarity(vectors[0], vectors[1]);
}

export default function Page() {
  const [score, setScore] = useState();
  useEffect(() => {
    compare().then(setScore);
  }, []);
  return <p>{score === undefined ? "Loading …" : `Similarity ${score.toFixed(2)}`}</p>;
}
