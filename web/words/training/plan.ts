// From the options of a training to what the engine is told.
import { checkInteger, checkOptions, checkWord, invalid } from "../../arguments.ts";
import type { NativeWordTrainerOptions } from "../../native/words_module.ts";
import { checkFunction, checkRange } from "../../search/checks.ts";
import type { WordTrainingOptions } from "./types.ts";

const kMostNumber = 2 ** 32 - 1;

/** Throws INVALID_ARGUMENT. */
export function planTraining(given: WordTrainingOptions | undefined): NativeWordTrainerOptions {
  const options = checkOptions(given);
  if (options.wasm !== undefined) checkOptions(options.wasm, "options.wasm");
  checkFunction(options.tokenizer, "options.tokenizer");
  const { method = "word2vec", architecture = "skipgram", loss = "negative-sampling" } = options;
  checkWord(method, "options.method", ["word2vec", "fasttext"]);
  checkWord(architecture, "options.architecture", ["skipgram", "cbow"]);
  checkWord(loss, "options.loss", ["negative-sampling", "hierarchical-softmax"]);
  const { negative, minn, maxn, buckets } = options;
  if (loss !== "negative-sampling") refuse({ negative }, `loss ${JSON.stringify(loss)}`);
  if (method !== "fasttext") refuse({ minn, maxn, buckets }, `method ${JSON.stringify(method)}`);

  const integer = (name: keyof WordTrainingOptions, usual: number, least: number, most: number) => {
    checkInteger(options[name], `options.${name}`, least, most);
    return (options[name] as number | undefined) ?? usual;
  };
  const number = (name: keyof WordTrainingOptions, usual: number, most: number) => {
    const value = options[name] ?? usual;
    checkRange(value, `options.${name}`, most);
    return value as number;
  };
  const learningRate = number("learningRate", method === "fasttext" || architecture === "cbow" ? 0.05 : 0.025, 1);
  const least = integer("minn", 3, 1, 20);
  return {
    skipgram: architecture === "skipgram",
    hierarchicalSoftmax: loss === "hierarchical-softmax",
    negative: integer("negative", 5, 1, 100),
    dimensions: integer("dimensions", 100, 1, 4096),
    window: integer("window", 5, 1, 1000),
    minCount: integer("minCount", 5, 1, kMostNumber),
    maxWords: integer("maxWords", kMostNumber, 1, kMostNumber),
    subsample: number("subsample", 1e-3, 1),
    epochs: integer("epochs", 5, 1, 1_000_000),
    learningRate,
    minLearningRate: number("minLearningRate", Math.min(1e-4, learningRate), learningRate),
    seed: integer("seed", 1, 0, kMostNumber),
    minn: least,
    maxn: integer("maxn", Math.max(6, least), least, 20),
    buckets: method === "fasttext" ? integer("buckets", 2_000_000, 1, 2 ** 26) : 0,
  };
}

function refuse(given: object, reason: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) throw invalid(`options.${name} is nothing that ${reason} is trained with`);
  }
}
