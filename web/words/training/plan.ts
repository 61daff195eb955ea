// From the options of a training to what the engine is told.
import { checkBoolean, checkInteger, checkOptions, checkUrl, checkWord, invalid } from "../../arguments.ts";
import type { NativeGloveOptions, NativeWordTrainerOptions } from "../../native/words_module.ts";
import { checkFunction, checkRange } from "../../search/checks.ts";
import { ARCHITECTURES, type OutputLayer } from "../vectors/output_layer.ts";
import { WordVectors } from "../vectors/word_vectors.ts";
import { type Checkpoint, type CheckpointSettings, checkSameOptions, readCheckpoint } from "./checkpoint.ts";
import { settleInitial } from "./initial.ts";
import type { WordTrainingOptions } from "./types.ts";

const kMostNumber = 2 ** 32 - 1;
/** Rows of many workers would drift too far apart. */
const kMostWorkers = 16;

/** The trainer in the engine, and what it is told. */
type NativePlan =
  | { trainer: "WordTrainer"; options: NativeWordTrainerOptions }
  | { trainer: "GloveTrainer"; options: NativeGloveOptions };

export type TrainingPlan = NativePlan & {
  /** Without words if there was no training before. */
  initial: WordVectors;
  /** To go on from. */
  resume: Checkpoint | undefined;
  /** All that what is learnt depends on but the texts and `initial`, by the names that they have for users. */
  settings: CheckpointSettings["options"];
  /** That train together; 1 is none but the caller's thread. */
  workers: number;
  /** How the output layer is trained, if it is to be kept. */
  kept: OutputLayer["architecture"] | undefined;
};

/** Throws INVALID_ARGUMENT, DIMENSION_MISMATCH, and as `readCheckpoint`. */
export function planTraining(given: WordTrainingOptions | undefined): TrainingPlan {
  checkWorkers(checkOptions(given));
  const options = settleInitial(checkOptions(given));
  checkKinds(options);
  const native = planNative(options);
  const { initial = noVectors(native), keepOutput, architecture = "skipgram" } = options;
  const settings = settingsOf(native);
  const resume = options.resume === undefined ? undefined : readCheckpoint(options.resume);
  if (resume) checkSameOptions(settings, resume);
  const { workers = 1 } = options;
  return { ...native, initial, resume, settings, workers, kept: keepOutput ? architecture : undefined };
}

function settingsOf(plan: NativePlan): CheckpointSettings["options"] {
  if (plan.trainer === "GloveTrainer") return { method: "glove", ...plan.options };
  const { skipgram, hierarchicalSoftmax, ...numbers } = plan.options;
  const method = numbers.buckets > 0 ? "fasttext" : "word2vec";
  const architecture = skipgram ? "skipgram" : "cbow";
  return { method, architecture, loss: hierarchicalSoftmax ? "hierarchical-softmax" : "negative-sampling", ...numbers };
}

function noVectors({ options }: NativePlan): WordVectors {
  const { minn, maxn, buckets } = { minn: 0, maxn: 0, buckets: 0, ...options };
  const subwords = buckets > 0 ? { minn, maxn, buckets, kept: new Map() } : undefined;
  return new WordVectors([], new Float32Array(), options.dimensions, subwords);
}

/** That each option is known, and goes with the others. */
function checkKinds(options: WordTrainingOptions): void {
  if (options.wasm !== undefined) checkOptions(options.wasm, "options.wasm");
  checkFunction(options.tokenizer, "options.tokenizer");
  checkFunction(options.onCheckpoint, "options.onCheckpoint");
  if (options.checkpointEvery !== undefined)
    checkRange(options.checkpointEvery, "options.checkpointEvery", kMostNumber);
  const { keepOutput, method = "word2vec", architecture, loss } = options;
  checkBoolean(keepOutput, "options.keepOutput");
  checkWord(method, "options.method", ["word2vec", "fasttext", "glove"]);
  checkWord(architecture, "options.architecture", ARCHITECTURES);
  checkWord(loss, "options.loss", ["negative-sampling", "hierarchical-softmax"]);
  const { negative, subsample, minLearningRate, minn, maxn, buckets, xMax, alpha, maxMemory } = options;
  const byMethod = `method ${JSON.stringify(method)}`;
  if (loss === "hierarchical-softmax") refuse({ negative, keepOutput }, `loss ${JSON.stringify(loss)}`);
  if (method !== "fasttext") refuse({ minn, maxn, buckets }, byMethod);
  if (method !== "glove") refuse({ xMax, alpha, maxMemory }, byMethod);
  if (method === "glove") {
    refuse({ keepOutput, architecture, loss, negative, subsample, minLearningRate }, byMethod);
  }
}

function planNative(options: WordTrainingOptions): NativePlan {
  const { method = "word2vec", architecture = "skipgram", loss = "negative-sampling" } = options;
  const integer = (name: keyof WordTrainingOptions, usual: number, least: number, most: number) => {
    checkInteger(options[name], `options.${name}`, least, most);
    return (options[name] as number | undefined) ?? usual;
  };
  const number = (name: keyof WordTrainingOptions, usual: number, most: number) => {
    const value = options[name] ?? usual;
    checkRange(value, `options.${name}`, most);
    return value as number;
  };
  const isGlove = method === "glove";
  const learningRate = number("learningRate", method === "word2vec" && architecture === "skipgram" ? 0.025 : 0.05, 1);
  const common = {
    dimensions: integer("dimensions", 100, 1, 4096),
    window: integer("window", isGlove ? 15 : 5, 1, 1000),
    minCount: integer("minCount", 5, 1, kMostNumber),
    maxWords: integer("maxWords", kMostNumber, 1, kMostNumber),
    epochs: integer("epochs", isGlove ? 25 : 5, 1, 1_000_000),
    learningRate,
    seed: integer("seed", 1, 0, kMostNumber),
  };
  if (isGlove) {
    const limits = {
      xMax: number("xMax", 100, 1e9),
      alpha: number("alpha", 0.75, 1),
      maxMemory: integer("maxMemory", 2 ** 29, 2 ** 20, kMostNumber),
    };
    return { trainer: "GloveTrainer", options: { ...common, ...limits } };
  }
  const least = integer("minn", 3, 1, 20);
  const predicting = {
    skipgram: architecture === "skipgram",
    hierarchicalSoftmax: loss === "hierarchical-softmax",
    negative: integer("negative", 5, 1, 100),
    subsample: number("subsample", 1e-3, 1),
    minLearningRate: number("minLearningRate", Math.min(1e-4, learningRate), learningRate),
    minn: least,
    maxn: integer("maxn", Math.max(6, least), least, 20),
    buckets: method === "fasttext" ? integer("buckets", 2_000_000, 1, 2 ** 26) : 0,
  };
  return { trainer: "WordTrainer", options: { ...common, ...predicting } };
}

function checkWorkers({ workers, workerUrl, method, loss, ...options }: WordTrainingOptions): void {
  checkInteger(workers, "options.workers", 1, kMostWorkers);
  checkUrl(workerUrl, "options.workerUrl");
  if (workers === undefined || workers === 1) return;
  if (method === "glove") refuse({ workers }, 'method "glove"');
  if (loss === "hierarchical-softmax") refuse({ workers }, 'loss "hierarchical-softmax"');
  for (const name of ["initial", "resume", "onCheckpoint"] as const) {
    if (options[name] !== undefined) throw invalid(`options.${name} is for a training without options.workers`);
  }
}

function refuse(given: object, reason: string): void {
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) throw invalid(`options.${name} is nothing that ${reason} is trained with`);
  }
}
