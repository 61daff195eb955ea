// A training by several workers. They hold the texts and do the work; this thread reads, and carries rows from worker to worker.
import { abortable, throwIfAborted } from "../../../abort.ts";
import { invalid } from "../../../arguments.ts";
import { KinvecError } from "../../../errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { WorkerHost } from "../../../workers/host.ts";
import { WorkerClient } from "../../../workers/worker_client.ts";
import type { WordVectors } from "../../vectors/word_vectors.ts";
import type { NativeWordTraining } from "../native_word_training.ts";
import type { TrainingPlan } from "../plan.ts";
import { batchesOf } from "../read_texts.ts";
import { TrainingProgress } from "../training_progress.ts";
import type { TrainingTexts, WordTrainingOptions } from "../types.ts";
import { buffersOf, type JointTrainer, type Packets } from "./joint_trainer.ts";
import type { Stretch, TrainingCalls } from "./serve_training.ts";

/**
 * @param training of this thread, which has all words and takes the rows, but trains on none
 *
 * Rejects with FETCH_FAILED if a worker cannot be started, ENGINE_LOST if one stops, and as a training in one thread.
 */
export async function trainInWorkers(
  platform: Platform,
  host: WorkerHost,
  module: WebAssembly.Module,
  plan: TrainingPlan,
  training: NativeWordTraining,
  texts: TrainingTexts,
  options: WordTrainingOptions,
): Promise<WordVectors> {
  if (host.cores() === undefined) throw invalid("options.workers: no worker can be started from here");
  const url = options.workerUrl === undefined ? undefined : platform.resolveUrl(options.workerUrl);
  const workers = new Workers(host, plan.workers, url);
  try {
    return await abortable(train(platform, workers, module, plan, training, texts, options), options.signal);
  } finally {
    workers.end();
  }
}

async function train(
  platform: Platform,
  workers: Workers,
  module: WebAssembly.Module,
  plan: TrainingPlan,
  training: NativeWordTraining,
  texts: TrainingTexts,
  { tokenizer, onProgress, signal }: WordTrainingOptions,
): Promise<WordVectors> {
  const progress = new TrainingProgress(onProgress, training.view, Array.isArray(texts) ? texts.length : undefined);
  const { count } = workers;
  const watching = training.watch(count);
  await workers.ask("open", (index) => [module, { index, count }]);
  let isWanted = true;
  for await (const batch of batchesOf(texts, tokenizer, signal)) {
    const read = workers.ask("read", () => [batch.texts]);
    read.catch(() => {}); // it is waited for below, unless this thread fails
    training.read(batch.texts);
    await read;
    isWanted = (await progress.read(batch.count)) !== false;
    await platform.yieldToEventLoop();
    throwIfAborted(signal);
    if (!isWanted) break;
  }
  training.begin(false);
  const stretches = watching.begin();
  await workers.ask("begin", () => [plan.options]);
  const exchange = new Exchange(workers, watching, plan.kept !== undefined);
  if (isWanted) await trainStretches(exchange, stretches, progress);
  return training.vectors();
}

async function trainStretches(exchange: Exchange, stretches: number, progress: TrainingProgress): Promise<void> {
  for (let done = 1, isWanted = true; done <= stretches && isWanted; done++) {
    const start = performance.now();
    const isDone = done === stretches;
    const trained = await exchange.train(isDone ? "last" : "next");
    const state = { isDone, stage: "train", share: done / stretches, ...sumOf(trained) } as const;
    isWanted = (await progress.train(state, performance.now() - start)) !== false;
    // The rows of rare words are then still on their way.
    if (!isWanted && !isDone) await exchange.train("end");
  }
}

/** Stretches, after each of which all have what each has learnt. */
class Exchange {
  readonly #workers: Workers;
  readonly #watching: JointTrainer;
  readonly #keepsOutput: boolean;
  #rows: Packets[][]; // for each worker those of the others

  constructor(workers: Workers, watching: JointTrainer, keepsOutput: boolean) {
    this.#workers = workers;
    this.#watching = watching;
    this.#keepsOutput = keepsOutput;
    this.#rows = workers.each(() => []);
  }

  /** The next stretch, or the last one. `end`: in its place, no stretch, but the rest of the rows. */
  async train(which: "next" | "last" | "end"): Promise<Stretch[]> {
    const workers = this.#workers;
    const rowsFor = this.#rows;
    const stretches = await workers.ask("train", (index) => [rowsFor[index], which === "end"], rowsFor);
    const changesOf = workers.each((owner) => stretches.map(({ changes }) => changes[owner] as Packets));
    const others = which === "next" ? workers.count - 1 : 0;
    const joined = await workers.ask("join", (owner) => [changesOf[owner], others, this.#keepsOutput], changesOf);
    for (const copies of joined) this.#watching.setRows(copies.shift() as Packets);
    this.#rows = workers.each((index) =>
      joined.flatMap((copies, owner) => (owner === index ? [] : copies.splice(0, 1))),
    );
    return stretches;
  }
}

function sumOf(stretches: readonly Stretch[]): { words: number; loss: number } {
  const sum = (of: (stretch: Stretch) => number) => stretches.reduce((total, stretch) => total + of(stretch), 0);
  const words = sum((stretch) => stretch.words);
  return { words, loss: sum((stretch) => stretch.loss * stretch.words) / Math.max(words, 1) };
}

class Workers {
  readonly count: number;
  readonly #clients: WorkerClient<TrainingCalls>[] = [];

  /** Throws FETCH_FAILED. */
  constructor(host: WorkerHost, count: number, url: URL | undefined) {
    this.count = count;
    try {
      this.each(() => this.#clients.push(new WorkerClient<TrainingCalls>(host, url)));
    } catch (error) {
      this.end();
      throw error;
    }
  }

  each<T>(of: (index: number) => T): T[] {
    return Array.from({ length: this.count }, (_, index) => of(index));
  }

  /** Asks all at once. `moved`: packets among the arguments of each, whose memory goes with them. */
  ask<M extends keyof TrainingCalls>(
    method: M,
    args: (index: number) => readonly unknown[],
    moved: readonly (readonly Packets[])[] = [],
  ) {
    return Promise.all(
      this.#clients.map((client, i) => client.call(method, args(i), undefined, buffersOf(moved[i] ?? []))),
    );
  }

  end(): void {
    const error = new KinvecError("ABORTED", "the training is over");
    for (const client of this.#clients) client.end(error);
  }
}
