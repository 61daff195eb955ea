// The page's side of the worker that holds the rungs. A question may be taken back: typing never queues up.
import type { ModelRung } from "../rungs/rungs.ts";
import type { OwnVectors, ShelfUrls } from "../rungs/shelf.ts";
import type { Answers, FromWorker, Kind, ToWorker } from "./protocol.ts";

export interface WordsListener {
  /** @param fraction of a model's bytes, 0 to 1 */
  progress(rung: ModelRung, fraction: number): void;
  /** The worker itself could not start. */
  failed(message: string): void;
}

interface Asked {
  answer(answer: never, isLast: boolean): void;
  fail(message: string): void;
}

/** Takes a question back; nothing is answered after that. */
export type Drop = () => void;

export class WordsClient {
  readonly #worker: Worker;
  readonly #listener: WordsListener;
  readonly #asked = new Map<number, Asked>();
  #lastId = 0;

  constructor(urls: ShelfUrls, listener: WordsListener) {
    this.#listener = listener;
    this.#worker = new Worker(new URL("./words_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      listener.failed(event.message || "the worker could not start");
    };
    this.#tell({ type: "start", urls });
  }

  ask<K extends Kind>(
    kind: K,
    question: Answers[K]["question"],
    onAnswer: (answer: Answers[K]["answer"], isLast: boolean) => void,
    onFailure: (message: string) => void,
  ): Drop {
    const id = ++this.#lastId;
    this.#asked.set(id, { answer: onAnswer, fail: onFailure });
    this.#tell({ type: "ask", id, kind, question } as ToWorker);
    return () => {
      if (this.#asked.delete(id)) this.#tell({ type: "drop", id });
    };
  }

  /** Takes what was trained as the rung "own". */
  setOwn(vectors: OwnVectors): void {
    this.#tell({ type: "own", vectors });
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.type === "progress") {
      this.#listener.progress(message.rung, message.fraction);
      return;
    }
    const asked = this.#asked.get(message.id);
    if (!asked) return;
    if (message.type === "failed" || message.isLast) this.#asked.delete(message.id);
    if (message.type === "failed") asked.fail(message.message);
    else asked.answer(message.answer as never, message.isLast);
  }
}
