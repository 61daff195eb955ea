// trainWordVectors(): texts are read in batches, then vectors learnt step by step; between them the event loop runs. Runs on
// any platform.
import { abortable, throwIfAborted } from "../../abort.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";
import { NativeWordTraining, type TrainingState } from "./native_word_training.ts";
import { planTraining } from "./plan.ts";
import { batchesOf, checkTrainingTexts } from "./read_texts.ts";
import type { TrainingTexts, WordTrainingOptions, WordTrainingProgress } from "./types.ts";
import { openWordsInstance } from "./words_instance.ts";

/** Milliseconds that a step should take. */
const kStepTime = 20;
const kFirstStep = 1000; // words, or pairs of them
/** GloVe's end with an epoch, and would grow without end where that is a short one. */
const kLargestStep = 2 ** 24;

/** Share of the work that reading makes up, roughly. */
const kReadShare = 0.1;
/** Where the number of texts is not known, the share nears its end, halfway there after so many. */
const kUnknownHalfway = 100_000;

/** The body of the public `trainWordVectors` of each entry point. */
export async function openWordTraining(
  platform: Platform,
  texts: TrainingTexts,
  options: WordTrainingOptions = {},
): Promise<WordVectors> {
  const plan = planTraining(options);
  checkTrainingTexts(texts);
  throwIfAborted(options.signal);
  const instance = await abortable(openWordsInstance(platform, options.wasm), options.signal);
  const training = new NativeWordTraining(instance, plan);
  return abortable(train(platform, training, texts, options), options.signal);
}

async function train(
  platform: Platform,
  training: NativeWordTraining,
  texts: TrainingTexts,
  { tokenizer, onProgress, onCheckpoint, checkpointEvery = 60, signal }: WordTrainingOptions,
): Promise<WordVectors> {
  const progress = new TrainingProgress(onProgress, Array.isArray(texts) ? texts.length : undefined);
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

/** One number that never falls and ends at exactly 1. */
class TrainingProgress {
  readonly #report: WordTrainingOptions["onProgress"];
  readonly #total: number | undefined;
  #time = 0; // milliseconds of training
  #wordsBefore = 0; // trained on before that
  #last: WordTrainingProgress = { stage: "read", texts: 0, words: 0, wordsPerSecond: 0, loss: 0, fraction: 0 };

  /** `total`: how many texts there are, where that is known. */
  constructor(report: WordTrainingOptions["onProgress"], total: number | undefined) {
    this.#report = report;
    this.#total = total;
  }

  /** Answers what the caller's function does, here and below. */
  read(count: number): unknown {
    const texts = this.#last.texts + count;
    const share = this.#total === undefined ? texts / (texts + kUnknownHalfway) : Math.min(texts / this.#total, 1);
    return this.#emit({ ...this.#last, texts, fraction: kReadShare * share });
  }

  /** The training begins, or goes on after so many words. */
  begin(words: number): void {
    this.#wordsBefore = words;
  }

  /** A step that took so many milliseconds. */
  train({ isDone, stage, words, share, loss }: TrainingState, time: number): unknown {
    this.#time += time;
    const wordsPerSecond = this.#time > 0 ? (1000 * (words - this.#wordsBefore)) / this.#time : 0;
    const fraction = isDone ? 1 : kReadShare + (0.999 - kReadShare) * share;
    return this.#emit({ ...this.#last, stage, words, wordsPerSecond, loss, fraction });
  }

  #emit(progress: WordTrainingProgress): unknown {
    this.#last = { ...progress, fraction: Math.max(progress.fraction, this.#last.fraction) };
    return this.#report?.(this.#last);
  }
}
