// The half of a model that predicts words. Nothing but training the vectors on needs it.
import { checkWord, invalid, typeName } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import { isA } from "../../realms.ts";

export const ARCHITECTURES = ["skipgram", "cbow"] as const;

/** By what vectors were trained with negative sampling, and can be trained on. */
export interface OutputLayer {
  /** How it was trained. */
  architecture: (typeof ARCHITECTURES)[number];
  /** `[words.length]` how often each word occurred in the texts, whole numbers. */
  counts: Float64Array;
  /** `[words.length, dimensions]` the rows by which words are predicted. */
  rows: Float32Array;
}

/** Throws INVALID_ARGUMENT, DIMENSION_MISMATCH. */
export function checkOutputLayer(output: OutputLayer, words: number, dimensions: number): OutputLayer {
  if (typeof output !== "object" || output === null) throw invalid(`output must be an object, not ${typeName(output)}`);
  const { architecture, counts, rows } = output;
  if (architecture === undefined) throw invalid("output.architecture is missing");
  checkWord(architecture, "output.architecture", ARCHITECTURES);
  if (!isA(counts, "Float64Array")) throw invalid(`output.counts must be a Float64Array, not ${typeName(counts)}`);
  if (!isA(rows, "Float32Array")) throw invalid(`output.rows must be a Float32Array, not ${typeName(rows)}`);
  if (counts.length !== words || rows.length !== words * dimensions) {
    const message = `the output layer must have ${words} counts and rows of ${dimensions} numbers`;
    throw new KinvecError("DIMENSION_MISMATCH", `${message}, not ${counts.length} counts and ${rows.length} numbers`);
  }
  const at = counts.findIndex((count) => !(Number.isSafeInteger(count) && count >= 0));
  if (at !== -1) throw invalid(`output.counts[${at}] must be a whole number, not ${counts[at]}`, at);
  return { architecture, counts, rows };
}
