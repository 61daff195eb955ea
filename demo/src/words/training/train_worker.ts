// The training worker: separate from the one that holds the rungs, so that questions are answered while it learns.
/// <reference lib="webworker" />
import { trainWordVectors, type WordTrainingProgress, type WordTrainingView } from "kinvec/words";
import { textsOf } from "../../tokenizers/training/texts.ts";
import { MovingPlane } from "../plane/moving_plane.ts";
import { loadEntries } from "../rungs/entries.ts";
import { termsOf } from "../rungs/terms.ts";
import { drawnWords } from "./drawn_words.ts";
import type { FromWordTrainer, TextSource, ToWordTrainer, TrainingLook, TrainTask } from "./task.ts";

declare const self: DedicatedWorkerGlobalScope;

const LOOK_EACH = 80; // ms
const BUCKETS = 50_000; // of FastText; a page's text has few n-grams
const FREQUENT_FROM = 200_000; // UTF-16 units; of shorter texts, rarer words count as well
const MOST_WORDS = 8000;

const tell = (message: FromWordTrainer) => self.postMessage(message);

/** Lines of texts, since a training knows no neighbours across them. */
async function linesOf(source: TextSource): Promise<string[]> {
  if (source.kind === "entries") return loadEntries(source.url);
  const lines: string[] = [];
  for await (const part of textsOf(source)) lines.push(...part.split(/\n+|(?<=[.!?])\s+/));
  return lines.filter((line) => line.trim());
}

class Run {
  readonly #controller = new AbortController();
  readonly #plane = new MovingPlane();
  readonly #task: TrainTask;
  #words: string[] = [];
  #isLearning = false;
  #isStopped = false;
  #pause: { promise: Promise<void>; end: () => void } | undefined;
  #shown = 0;
  #losses: number[] = [];

  constructor(task: TrainTask) {
    this.#task = task;
  }

  async train(): Promise<void> {
    const started = performance.now();
    const { source, settings } = this.#task;
    const { architecture, ...common } = settings;
    const lines = await linesOf(source);
    const length = lines.reduce((sum, line) => sum + line.length, 0);
    try {
      const { words, rows, dimensions, subwords } = await trainWordVectors(lines, {
        ...common,
        ...(settings.method !== "glove" && { architecture }),
        ...(settings.method === "fasttext" && { buckets: BUCKETS }),
        minCount: length < FREQUENT_FROM ? 2 : 5,
        maxWords: MOST_WORDS,
        tokenizer: termsOf,
        signal: this.#controller.signal,
        onProgress: (progress, view) => this.#onProgress(progress, view),
      });
      const milliseconds = performance.now() - started;
      const vectors = { words, rows, dimensions, subwords };
      tell({ type: "trained", trained: { vectors, settings, texts: lines.length, milliseconds } });
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
      tell({ type: "stopped" });
    }
  }

  pause(): void {
    if (this.#pause) return;
    let end = () => {};
    const promise = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#pause = { promise, end };
  }

  resume(): void {
    this.#pause?.end();
    this.#pause = undefined;
  }

  stop(): void {
    if (this.#isLearning) this.#isStopped = true;
    else this.#controller.abort();
    this.resume();
  }

  async #onProgress(progress: WordTrainingProgress, view: WordTrainingView): Promise<boolean> {
    const now = performance.now();
    this.#isLearning = progress.stage === "train";
    if (progress.stage === "train" && progress.loss > 0) this.#losses.push(progress.loss);
    if (now - this.#shown >= LOOK_EACH || progress.fraction === 1) {
      this.#shown = now;
      tell({ type: "look", look: this.#look(progress, view) });
    }
    await this.#pause?.promise;
    return !this.#isStopped;
  }

  #look({ stage, fraction, wordsPerSecond }: WordTrainingProgress, view: WordTrainingView): TrainingLook {
    const losses = this.#losses;
    this.#losses = [];
    const loss = losses.length > 0 ? losses.reduce((sum, each) => sum + each, 0) / losses.length : undefined;
    if (this.#words.length === 0) this.#words = drawnWords(view.words, this.#task.preferred);
    const vectors = this.#words.map((word) => view.vector(word) as Float32Array);
    return { stage, fraction, wordsPerSecond, loss, words: this.#words, places: this.#plane.places(vectors) };
  }
}

let run: Run | undefined;

self.onmessage = ({ data }: MessageEvent<ToWordTrainer>) => {
  if (data.type === "pause") run?.pause();
  else if (data.type === "resume") run?.resume();
  else if (data.type === "stop") run?.stop();
  else {
    run = new Run(data.task);
    run.train().catch((error: unknown) => {
      tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    });
  }
};
