// The page's side of the attention worker. One text is under way at a time, and after it only the newest: typing never queues up.
import modelUrl from "../../../../models/all-MiniLM-L6-v2.q8.gguf?url";
import type { Neighbour } from "../numbers/nearest.ts";
import type { Reading } from "../numbers/reading.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

export interface AttentionListener {
  /** @param fraction of the model's bytes, 0 to 1 */
  progress(fraction: number): void;
  loaded(): void;
  read(reading: Reading, milliseconds: number): void;
  failed(message: string): void;
}

export class AttentionClient {
  readonly #listener: AttentionListener;
  readonly #worker: Worker;
  #isLoaded = false;
  #isReading = false;
  #next: string | undefined;
  #asked: { token: number; answer: (neighbours: Neighbour[] | undefined) => void } | undefined;

  constructor(listener: AttentionListener) {
    this.#listener = listener;
    this.#worker = new Worker(new URL("./attention_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      listener.failed(event.message || "the worker could not start");
    };
    this.#tell({ type: "start", modelUrl: new URL(modelUrl, location.href).href });
  }

  /** Whether a text is under way. */
  get isReading(): boolean {
    return this.#isReading;
  }

  read(text: string): void {
    this.#next = text;
    if (this.#isLoaded && !this.#isReading) this.#readNext();
  }

  /**
   * What a token of the text that was shown last is like.
   * @returns undefined if a newer question or a newer text came
   */
  neighbours(token: number): Promise<Neighbour[] | undefined> {
    this.#dropQuestion();
    if (this.#isReading) return Promise.resolve(undefined);
    return new Promise((answer) => {
      this.#asked = { token, answer };
      this.#tell({ type: "neighbours", token });
    });
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #dropQuestion(): void {
    this.#asked?.answer(undefined);
    this.#asked = undefined;
  }

  #readNext(): void {
    const text = this.#next;
    this.#next = undefined;
    this.#isReading = text !== undefined;
    if (text === undefined) return;
    this.#dropQuestion();
    this.#tell({ type: "read", text });
  }

  #receive(message: FromWorker): void {
    if (message.type === "progress") {
      this.#listener.progress(message.fraction);
    } else if (message.type === "loaded") {
      this.#isLoaded = true;
      this.#listener.loaded();
      this.#readNext();
    } else if (message.type === "read") {
      this.#readNext();
      this.#listener.read(message.reading, message.milliseconds);
    } else if (message.type === "neighbours") {
      if (this.#asked?.token !== message.token) return;
      this.#asked.answer(message.neighbours);
      this.#asked = undefined;
    } else {
      this.#listener.failed(message.message);
      if (message.task === "read") this.#readNext();
    }
  }
}
