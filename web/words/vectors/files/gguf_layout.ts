// Word vectors as a GGUF file: the words and how they have n-grams as metadata, the rows in 8 or 4 bits with a scale each.

import type { TensorDeclaration } from "../../../convert/gguf_types.ts";
import { ALIGNMENT } from "../../../convert/gguf_writer.ts";
import { GROUP } from "../../../convert/grids.ts";

export const GGUF_ARCHITECTURE = "wordvectors";
/** Files of version 1 are in 8 bits and have no checksum. */
export const GGUF_VERSION = 2;

/** How rows are stored: in 8 bits, or in 4 with a scale and a minimum for each group of 32. */
export const GGUF_DTYPES = ["q8", "q4"] as const;
export type GgufDtype = (typeof GGUF_DTYPES)[number];

/** Keys of the metadata. */
export const GGUF_KEYS = {
  architecture: "general.architecture",
  alignment: "general.alignment",
  version: "kinvec.version",
  dtype: "wordvectors.dtype",
  dimensions: "wordvectors.embedding_length",
  words: "wordvectors.words",
  minn: "wordvectors.subwords.minn",
  maxn: "wordvectors.subwords.maxn",
  buckets: "wordvectors.subwords.buckets",
  /** Of pruned ones: the bucket of each row, u32[]. */
  kept: "wordvectors.subwords.kept",
  /** The last entry, so that its digits are the last bytes of the metadata. */
  checksum: "kinvec.checksum",
} as const;

/** Of a checksum that is not known yet, and of every file while it is summed. */
export const NO_DIGITS = "0".repeat(16);

/** Scales come first, so that rows can be used as they arrive. */
export function ggufTensors(
  rows: number,
  dimensions: number,
  dtype: GgufDtype,
): [scales: TensorDeclaration, codes: TensorDeclaration] {
  const codes = "word_embd.weight";
  return [
    { name: "word_embd.weight.scale", type: "F32", shape: [rows] },
    dtype === "q8"
      ? { name: codes, type: "I8", shape: [dimensions, rows] }
      : { name: codes, type: "Q4_1", shape: [wholeGroups(dimensions), rows] },
  ];
}

/** Columns of a row in 4 bits: the last group is filled up. */
export function wholeGroups(dimensions: number): number {
  return Math.ceil(dimensions / GROUP) * GROUP;
}

/** Bytes up to the next place where a tensor may start. */
export function ggufPadding(position: number): number {
  return (ALIGNMENT - (position % ALIGNMENT)) % ALIGNMENT;
}
