// How close an engine's vectors are to the PyTorch reference, over the golden sentences, one text at a time.

import { agreement, goldenJson, goldenValues, rowsOf } from "../../tests/js/goldens.mjs";

/** @returns {Promise<{ mean: number, min: number }>} cosines over the 400 sentences */
export async function accuracy(engine, sentences) {
  const { dimensions } = goldenJson("minilm/minilm.json");
  const expected = rowsOf(goldenValues("minilm/vectors.f16"), dimensions);
  return agreement(await engine.embedAll(sentences), expected);
}
