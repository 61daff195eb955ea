// trainTokenizer(): texts are read in batches, then the vocabulary is made step by step; between them the event loop
// runs. Runs on any platform.
import { abortable, throwIfAborted } from "../../abort.ts";
import { checkOptions, checkWord, invalid, typeName } from "../../arguments.ts";
import { candidates, openInstance } from "../../native/choose.ts";
import { Instance } from "../../native/instance.ts";
import type { Platform } from "../../platform/platform.ts";
import { NativeEncoder } from "../native_encoder.ts";
import { Tokenizer } from "../tokenizer.ts";
import { fileOfJson } from "../tokenizer_source.ts";
import { NativeTraining } from "./native_training.ts";
import { planTraining, type TrainingPlan } from "./plan.ts";
import { byteVocabulary, type TrainedVocabulary, trainedJson } from "./trained_json.ts";
import { openTrainingInstance } from "./training_instance.ts";
import type { TrainOptions, TrainProgress } from "./types.ts";

/** Texts of one batch: the engine counts some tens of millions of characters a second. */
const kMostTexts = 4096;
const kMostUnits = 1 << 18; // UTF-16 units; a single longer text is a batch of its own

/** Share of the work that reading makes up, roughly. */
const kReadShare = 0.3;
/** Where the number of texts is not known, the share nears its end, halfway there after so many. */
const kUnknownHalfway = 10_000;

type Texts = Iterable<string> | AsyncIterable<string>;

/** The body of the public `trainTokenizer` of each entry point. */
export async function openTraining(platform: Platform, texts: Texts, given: TrainOptions): Promise<Tokenizer> {
  const options = checkOptions(given);
  checkWord(options.binary, "options.binary", ["auto", "relaxed", "simd128"]);
  if (options.wasm !== undefined) checkOptions(options.wasm, "options.wasm");
  checkTexts(texts);
  const plan = planTraining(options);
  throwIfAborted(options.signal);
  const { signal } = options;
  // Asked for together, so that both come at once.
  const trainer = plan.trainer && openTrainingInstance(platform, options.wasm);
  trainer?.catch(() => {}); // awaited below, perhaps after it has failed
  const { instance } = await abortable(
    openInstance(Instance.open, platform, candidates(platform, options), options),
    signal,
  );
  // Stages that do not fit together are told now, not after minutes of training.
  let tokenizer = makeTokenizer(instance, plan, byteVocabulary(plan));
  const progress = new TrainingProgress(options.onProgress);
  if (plan.trainer && trainer) {
    const training = new NativeTraining(await abortable(trainer, signal), plan.stages, plan.trainer);
    const vocabulary = await abortable(train(platform, training, texts, signal, progress), signal);
    tokenizer.dispose();
    tokenizer = makeTokenizer(await instance.another(), plan, vocabulary);
  }
  progress.done();
  return tokenizer;
}

function makeTokenizer(instance: Instance, plan: TrainingPlan, vocabulary: TrainedVocabulary): Tokenizer {
  const { bytes } = fileOfJson(trainedJson(plan, vocabulary), "the trained tokenizer");
  return new Tokenizer(new NativeEncoder(instance, bytes), bytes);
}

async function train(
  platform: Platform,
  training: NativeTraining,
  texts: Texts,
  signal: AbortSignal | undefined,
  progress: TrainingProgress,
): Promise<TrainedVocabulary> {
  const pause = async () => {
    await platform.yieldToEventLoop();
    throwIfAborted(signal);
  };
  const total = Array.isArray(texts) ? texts.length : undefined;
  for await (const batch of batchesOf(texts, signal)) {
    training.read(batch);
    progress.read(batch.length, total);
    await pause();
  }
  for (let done = 0; done < 1; ) {
    done = training.step();
    progress.train(done);
    await pause();
  }
  return training.vocabulary();
}

function checkTexts(texts: unknown): void {
  const isIterable =
    typeof texts === "object" && texts !== null && (Symbol.iterator in texts || Symbol.asyncIterator in texts);
  if (!isIterable) throw invalid(`texts must be an iterable of strings, not ${typeName(texts)}`);
}

async function* batchesOf(texts: Texts, signal: AbortSignal | undefined): AsyncGenerator<string[]> {
  let batch: string[] = [];
  let units = 0;
  let index = 0;
  for await (const text of texts) {
    throwIfAborted(signal);
    if (typeof text !== "string") throw invalid(`texts[${index}] must be a string, not ${typeName(text)}`, index);
    index++;
    batch.push(text);
    units += text.length;
    if (batch.length < kMostTexts && units < kMostUnits) continue;
    yield batch;
    batch = [];
    units = 0;
  }
  if (batch.length > 0) yield batch;
}

/** One number that never falls and ends at exactly 1. */
class TrainingProgress {
  readonly #report: TrainOptions["onProgress"];
  #last: TrainProgress = { stage: "read", texts: 0, fraction: 0 };

  constructor(report: TrainOptions["onProgress"]) {
    this.#report = report;
  }

  read(count: number, total: number | undefined): void {
    const texts = this.#last.texts + count;
    const share = total === undefined ? texts / (texts + kUnknownHalfway) : Math.min(texts / total, 1);
    this.#emit({ stage: "read", texts, fraction: kReadShare * share });
  }

  /** Share of the training done; the last step is the caller's. */
  train(share: number): void {
    const fraction = kReadShare + (0.999 - kReadShare) * share;
    this.#emit({ stage: "train", texts: this.#last.texts, fraction });
  }

  done(): void {
    this.#emit({ stage: "train", texts: this.#last.texts, fraction: 1 });
  }

  #emit(progress: TrainProgress): void {
    this.#last = { ...progress, fraction: Math.max(progress.fraction, this.#last.fraction) };
    this.#report?.(this.#last);
  }
}
