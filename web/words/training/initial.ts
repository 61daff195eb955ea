// The option `initial`: vectors that a training goes on from say how it is to be done.
import { invalid, typeName } from "../../arguments.ts";
import { KinvecError } from "../../errors.ts";
import { checkNumbers } from "../vectors/finite.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";
import type { WordTrainingOptions } from "./types.ts";

/** The options with those that `initial` settles. Throws INVALID_ARGUMENT, DIMENSION_MISMATCH where others were given. */
export function settleInitial(options: WordTrainingOptions): WordTrainingOptions {
  const { initial, dimensions } = options;
  if (initial === undefined) return options;
  checkVectors(initial);
  if (dimensions !== undefined && dimensions !== initial.dimensions) {
    const message = `options.dimensions is ${dimensions}, the vectors of options.initial have ${initial.dimensions}`;
    throw new KinvecError("DIMENSION_MISMATCH", message);
  }
  const { subwords, output } = initial;
  const settled: WordTrainingOptions = {
    method: subwords ? "fasttext" : "word2vec",
    // A row for n-grams of no character is none.
    ...(subwords && { minn: Math.max(1, subwords.minn), maxn: subwords.maxn, buckets: subwords.buckets }),
    ...(output && { architecture: output.architecture, loss: "negative-sampling" }),
    dimensions: initial.dimensions,
  };
  for (const [name, value] of Object.entries(settled)) {
    const given = options[name as keyof WordTrainingOptions];
    if (given === undefined || given === value) continue;
    throw invalid(
      `options.${name} is ${JSON.stringify(given)}, which for options.initial must be ${JSON.stringify(value)}`,
    );
  }
  return { ...options, ...settled };
}

function checkVectors(initial: WordVectors): void {
  // By shape, since a program may hold the package twice: as ES module and as CommonJS.
  if (typeof initial?.nearest !== "function") {
    throw invalid(`options.initial must be WordVectors, not ${typeName(initial)}`);
  }
  checkNumbers(initial, "options.initial");
}
