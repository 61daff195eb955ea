// What the page and the worker that holds the rungs say to each other: questions with a number, and answers with the same.
import type { Nearest } from "../rungs/rung.ts";
import type { ModelRung, RungKey } from "../rungs/rungs.ts";
import type { Senses } from "../rungs/senses.ts";
import type { OwnVectors, ShelfUrls } from "../rungs/shelf.ts";

export type Layout = "pca" | "umap";

export interface Layed {
  /** Words that have a vector on this rung. */
  words: string[];
  /** [words, 2] in the square from 0 to 1. */
  places: Float32Array;
  /** Share of the spread that the two axes of "pca" hold. */
  share?: number;
}

/** Each kind of question, and what answers it. */
export interface Answers {
  nearest: { question: { rung: RungKey; text: string; count: number }; answer: Nearest };
  analogy: { question: { rung: RungKey; words: [string, string, string]; count: number }; answer: Nearest };
  /** Answered several times while it moves. */
  layOut: { question: { rung: RungKey; words: string[]; layout: Layout }; answer: Layed };
  senses: { question: { word: string; sentences: string[] }; answer: Senses };
}
export type Kind = keyof Answers;

export type ToWorker =
  | { type: "start"; urls: ShelfUrls }
  | { type: "own"; vectors: OwnVectors }
  | { [K in Kind]: { type: "ask"; id: number; kind: K; question: Answers[K]["question"] } }[Kind]
  /** Nobody waits for these answers any more. */
  | { type: "drop"; id: number };

export type FromWorker =
  /** `isLast`: no more answers follow to this question. */
  | { type: "answer"; id: number; answer: Answers[Kind]["answer"]; isLast: boolean }
  | { type: "progress"; rung: ModelRung; fraction: number }
  | { type: "failed"; id: number; message: string };
