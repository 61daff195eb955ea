// Word vectors as a GGUF file: the words and how they have n-grams as metadata, the rows in 8 bits with a scale each.

import type { TensorDeclaration } from "../../../convert/gguf_types.ts";
import { ALIGNMENT } from "../../../convert/gguf_writer.ts";

export const GGUF_ARCHITECTURE = "wordvectors";
export const GGUF_VERSION = 1;

/** Keys of the metadata. */
export const GGUF_KEYS = {
  architecture: "general.architecture",
  alignment: "general.alignment",
  version: "kinvec.version",
  dimensions: "wordvectors.embedding_length",
  words: "wordvectors.words",
  minn: "wordvectors.subwords.minn",
  maxn: "wordvectors.subwords.maxn",
  buckets: "wordvectors.subwords.buckets",
  /** Of pruned ones: the bucket of each row, u32[]. */
  kept: "wordvectors.subwords.kept",
} as const;

/** Scales come first, so that rows can be used as they arrive. */
export function ggufTensors(rows: number, dimensions: number): [scales: TensorDeclaration, codes: TensorDeclaration] {
  return [
    { name: "word_embd.weight.scale", type: "F32", shape: [rows] },
    { name: "word_embd.weight", type: "I8", shape: [dimensions, rows] },
  ];
}

/** Bytes up to the next place where a tensor may start. */
export function ggufPadding(position: number): number {
  return (ALIGNMENT - (position % ALIGNMENT)) % ALIGNMENT;
}
