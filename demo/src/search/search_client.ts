// The page's side of the search worker. Only the newest question matters: answers to older ones are dropped.
import modelUrl from "../../../models/all-MiniLM-L6-v2.q8.gguf?url";
import type { ItemVectors } from "../catalogue/item_vectors.ts";
import type { Engine, FromWorker, ToWorker } from "./search_protocol.ts";

export type SearchState =
  | { stage: "loading"; loaded: number; total?: number; fraction: number }
  | { stage: "ready"; engine: Engine }
  | { stage: "failed"; message: string };

/** Every item's similarity to a query, nearest first. */
export interface MeaningHits {
  items: Int32Array;
  scores: Float32Array;
  milliseconds: number;
}

export class SearchClient {
  #state: SearchState = { stage: "loading", loaded: 0, fraction: 0 };
  #worker: Worker | undefined;
  #newest = 0;
  #answer: ((hits: MeaningHits | undefined) => void) | undefined;
  readonly #onState: (state: SearchState) => void;

  constructor(onState: (state: SearchState) => void) {
    this.#onState = onState;
  }

  get state(): SearchState {
    return this.#state;
  }

  /** Starts loading, or starts again after a failure. */
  start(vectors: ItemVectors): void {
    this.#worker?.terminate();
    this.#setState({ stage: "loading", loaded: 0, fraction: 0 });
    this.#worker = new Worker(new URL("./search_worker.ts", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#setState({ stage: "failed", message: event.message || "the search worker could not start" });
    };
    this.#tell({
      type: "start",
      modelUrl: new URL(modelUrl, location.href).href,
      rows: vectors.data,
      dimensions: vectors.dimensions,
    });
  }

  /**
   * @returns undefined if a newer question came, or the model is not ready
   */
  search(text: string): Promise<MeaningHits | undefined> {
    this.#answer?.(undefined);
    this.#answer = undefined;
    if (this.#state.stage !== "ready") return Promise.resolve(undefined);
    this.#newest += 1;
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#tell({ type: "search", id: this.#newest, text });
    });
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #setState(state: SearchState): void {
    this.#state = state;
    this.#onState(state);
  }

  #receive(message: FromWorker): void {
    if (message.type === "progress") {
      const { loaded, total, fraction } = message;
      this.#setState({ stage: "loading", loaded, fraction, ...(total === undefined ? {} : { total }) });
    } else if (message.type === "ready") {
      this.#setState({ stage: "ready", engine: message.engine });
    } else if (message.type === "failed") {
      this.#setState({ stage: "failed", message: message.message });
    } else if (message.id === this.#newest) {
      this.#answer?.(message.type === "found" ? message : undefined);
      this.#answer = undefined;
    }
  }
}
