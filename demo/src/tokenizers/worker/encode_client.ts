// The page's side of the encoding worker. One text is under way at a time, and after it only the newest: typing never queues up.
import type { RowKey, SchemeKey } from "../schemes.ts";
import type { TokenizerJson } from "../training/tokenizer_json.ts";
import type { Encoded, FromWorker, ToWorker } from "./protocol.ts";

export interface EncodedText {
  text: string;
  rows: Partial<Record<RowKey, Encoded>>;
  milliseconds: number;
}

export interface EncodeListener {
  loaded(vocabSizes: Partial<Record<RowKey, number>>): void;
  encoded(encoded: EncodedText): void;
  failed(message: string): void;
}

interface Question {
  text: string;
  specialTokens: boolean;
}

export class EncodeClient {
  readonly #listener: EncodeListener;
  readonly #worker: Worker;
  #asked: Question | undefined;
  #next: Question | undefined;
  #nextSize: number | undefined;
  #resizing = false;

  constructor(urls: Record<SchemeKey, string>, listener: EncodeListener) {
    this.#listener = listener;
    this.#worker = new Worker(new URL("./encode_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      listener.failed(event.message || "the worker could not start");
    };
    this.#tell({ type: "start", urls });
  }

  encode(text: string, specialTokens: boolean): void {
    this.#next = { text, specialTokens };
    if (!this.#asked) this.#askNext();
  }

  /** Shows a trained tokenizer as the row "own". */
  setOwn(tokenizer: TokenizerJson): void {
    this.#nextSize = undefined;
    this.#tell({ type: "own", tokenizer });
  }

  /** Uses the first `size` entries of it. */
  setOwnSize(size: number): void {
    this.#nextSize = size;
    if (!this.#resizing) this.#resizeNext();
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #askNext(): void {
    this.#asked = this.#next;
    this.#next = undefined;
    if (!this.#asked) return;
    this.#tell({ type: "encode", ...this.#asked });
  }

  #resizeNext(): void {
    this.#resizing = this.#nextSize !== undefined;
    if (this.#nextSize !== undefined) this.#tell({ type: "ownSize", size: this.#nextSize });
    this.#nextSize = undefined;
  }

  #receive(message: FromWorker): void {
    if (message.type === "failed") {
      this.#listener.failed(message.message);
      if (message.task === "encode") this.#askNext();
      else this.#resizeNext();
    } else if (message.type === "loaded") {
      this.#listener.loaded(message.vocabSizes);
      this.#resizeNext();
    } else {
      const asked = this.#asked;
      if (asked) this.#listener.encoded({ text: asked.text, rows: message.rows, milliseconds: message.milliseconds });
      this.#askNext();
    }
  }
}
