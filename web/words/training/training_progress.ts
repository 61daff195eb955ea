// Progress of a training, as its caller is told of it.
import type { TrainingState } from "./native_word_training.ts";
import type { WordTrainingOptions, WordTrainingProgress, WordTrainingView } from "./types.ts";

/** Share of the work that reading makes up, roughly. */
const kReadShare = 0.1;
/** Where the number of texts is not known, the share nears its end, halfway there after so many. */
const kUnknownHalfway = 100_000;

/** One number that never falls and ends at exactly 1. */
export class TrainingProgress {
  readonly #report: WordTrainingOptions["onProgress"];
  readonly #view: WordTrainingView;
  readonly #total: number | undefined;
  #time = 0; // milliseconds of training
  #wordsBefore = 0; // trained on before that
  #last: WordTrainingProgress = { stage: "read", texts: 0, words: 0, wordsPerSecond: 0, loss: 0, fraction: 0 };

  /** `total`: how many texts there are, where that is known. */
  constructor(report: WordTrainingOptions["onProgress"], view: WordTrainingView, total: number | undefined) {
    this.#report = report;
    this.#view = view;
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
    return this.#report?.(this.#last, this.#view);
  }
}
