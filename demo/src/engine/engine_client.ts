// The page's side of the worker. Of each kind of question only the newest matters: older ones are answered with undefined.
import modelUrl from "../../../models/all-MiniLM-L6-v2.q8.gguf?url";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Traffic } from "../privacy/traffic.ts";
import type { Answer, FromWorker, Kind, ModelCard, Question, ToWorker } from "./protocol.ts";

export type ModelState =
  | { stage: "loading"; loaded: number; total?: number; fraction: number }
  | { stage: "ready"; model: ModelCard }
  | { stage: "failed"; message: string };

export interface EngineNews {
  onReady(starters: number[]): void;
  /** The worker or its index could not start: nothing can be asked. */
  onFailed(message: string): void;
  onModel(state: ModelState): void;
  onTraffic(traffic: Traffic): void;
}

interface Waiting {
  kind: Kind;
  resolve(answer: never): void;
  reject(error: Error): void;
}

const modelAddress = () => new URL(modelUrl, location.href).href;

export class EngineClient {
  readonly #news: EngineNews;
  #worker: Worker | undefined;
  #model: ModelState = { stage: "loading", loaded: 0, fraction: 0 };
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(news: EngineNews) {
    this.#news = news;
  }

  get model(): ModelState {
    return this.#model;
  }

  start({ programs, dimensions }: Catalogue): void {
    this.#worker = new Worker(new URL("./engine_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message || "the worker could not start");
    };
    this.#tell({ type: "start", programs, dimensions, modelUrl: modelAddress() });
  }

  /** Tries again to load the model. */
  restartModel(): void {
    this.#setModel({ stage: "loading", loaded: 0, fraction: 0 });
    this.#tell({ type: "startModel", modelUrl: modelAddress() });
  }

  /**
   * @returns undefined if a newer question of this kind came
   * @throws Error (as a rejection) what the worker could not do
   */
  ask<K extends Kind>(kind: K, question: Question<K>): Promise<Answer<K> | undefined> {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.kind !== kind) continue;
      this.#waiting.delete(id);
      waiting.resolve(undefined as never);
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { kind, resolve, reject });
      this.#tell({ type: "ask", id, kind, question } as ToWorker);
    });
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #setModel(state: ModelState): void {
    this.#model = state;
    this.#news.onModel(state);
  }

  #receive(message: FromWorker): void {
    if (message.type === "answer" || message.type === "noAnswer") {
      this.#settle(message);
    } else if (message.type === "ready") {
      this.#news.onReady(message.starters);
    } else if (message.type === "failed") {
      this.#fail(message.message);
    } else if (message.type === "modelProgress") {
      const { loaded, total, fraction } = message;
      this.#setModel({ stage: "loading", loaded, fraction, ...(total === undefined ? {} : { total }) });
    } else if (message.type === "modelReady") {
      this.#setModel({ stage: "ready", model: message.model });
    } else if (message.type === "modelFailed") {
      this.#setModel({ stage: "failed", message: message.message });
    } else {
      this.#news.onTraffic(message.traffic);
    }
  }

  #settle(message: Extract<FromWorker, { type: "answer" | "noAnswer" }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "answer") waiting?.resolve(message.answer as never);
    else waiting?.reject(new Error(message.message));
  }

  #fail(message: string): void {
    this.#news.onFailed(message);
    this.#setModel({ stage: "failed", message });
  }
}
