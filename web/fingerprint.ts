// A model's fingerprint: what decides its vectors, as one word that programs compare and people can half read.
import type { ModelInfo } from "./types.ts";

/** @param contentHash of the file's weights, settings and tokenizer */
export function fingerprintOf(
  contentHash: string,
  { dtype, pooling, normalize }: Pick<ModelInfo, "dtype" | "pooling" | "normalize">,
): string {
  return withScaling(`${contentHash}-${dtype}-${pooling}-`, normalize);
}

/** The fingerprint of vectors for which a call has chosen whether they are scaled to length 1. */
export function withScaling(fingerprint: string, normalize: boolean): string {
  return fingerprint.replace(/\w*$/, normalize ? "normalized" : "unscaled");
}
