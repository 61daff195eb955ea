// trainWordVectors(): texts are read in batches, then vectors learnt step by step; between them the event loop runs. Runs on
// any platform.
import { abortable, throwIfAborted } from "../../abort.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WorkerHost } from "../../workers/host.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";
import { trainInWorkers } from "./joint/train_in_workers.ts";
import { NativeWordTraining } from "./native_word_training.ts";
import { planTraining } from "./plan.ts";
import { batchesOf, checkTrainingTexts } from "./read_texts.ts";
import { TrainingProgress } from "./training_progress.ts";
import type { TrainingTexts, WordTrainingOptions } from "./types.ts";
import { compileWords } from "./words_binary.ts";
import { openWordsInstance } from "./words_instance.ts";

/** Milliseconds that a step should take. */
const kStepTime = 20;
const kFirstStep = 1000; // words, or pairs of them
/** GloVe's end with an epoch, and would grow without end where that is a short one. */
const kLargestStep = 2 ** 24;

/** The body of the public `trainWordVectors` of each entry point. */
export async function openWordTraining(
  platform: Platform,
  host: WorkerHost,
  texts: TrainingTexts,
  options: WordTrainingOptions = {},
): Promise<WordVectors> {
  const plan = planTraining(options);
  checkTrainingTexts(texts);
  throwIfAborted(options.signal);
  const module = await abortable(compileWords(platform, options.wasm), options.signal);
  const training = new NativeWordTraining(await abortable(openWordsInstance(module), options.signal), plan);
  if (plan.workers > 1) return trainInWorkers(platform, host, module, plan, training, texts, options);
  return abortable(train(platform, training, texts, options), options.signal);
}

async function train(
  platform: Platform,
  training: NativeWordTraining,
  texts: TrainingTexts,
  { tokenizer, onProgress, onCheckpoint, checkpointEvery = 60, signal }: WordTrainingOptions,
): Promise<WordVectors> {
  const progress = new TrainingProgress(onProgress, training.view, Array.isArray(texts) ? texts.length : undefined);
  /** Lets others work; false: the training is to end. */
  const goOn = async (answer: unknown) => {
    const isWanted = (await answer) !== false;
    await platform.yieldToEventLoop();
    throwIfAborted(signal);
    return isWanted;
  };

  let isWanted = true;
  for await (const batch of batchesOf(texts, tokenizer, signal)) {
    training.read(batch.texts);
    isWanted = await goOn(progress.read(batch.count));
    if (!isWanted) break;
  }
  training.begin(onCheckpoint !== undefined);
  progress.begin(training.words);
  let saved = performance.now();
  for (let size = kFirstStep, isDone = false; isWanted && !isDone; ) {
    const start = performance.now();
    const state = training.step(size);
    const time = performance.now() - start;
    isDone = state.isDone;
    isWanted = await goOn(progress.train(state, time));
    const isDue = performance.now() - saved >= 1000 * checkpointEvery || !isWanted;
    if (onCheckpoint && isDue && !isDone && state.stage === "train") {
      await goOn(onCheckpoint(training.checkpoint()));
      saved = performance.now();
    }
    size = Math.min(kLargestStep, Math.ceil(size * Math.min(2, kStepTime / Math.max(time, 1))));
  }
  return training.vectors();
}
