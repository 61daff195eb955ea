// Embedding without a pause, for the few texts of the self-check and the converter's probe.
import type { Engine } from "./engine.ts";

/** Vectors of `texts`, end to end. [count, hiddenSize] */
export function embedAll(engine: Engine, texts: readonly string[], normalize: boolean): Float32Array {
  engine.tokenize(texts);
  engine.beginEmbed(0, normalize);
  let done = 0;
  while (done < texts.length) done = engine.embedNext();
  return engine.vectors();
}
