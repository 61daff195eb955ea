// The page's side of the training worker, which is started with the first training.
import type { FromTrainer, TextSource, ToTrainer, Trained, TrainSettings } from "./train_protocol.ts";

export type TrainState =
  | { stage: "idle" }
  | { stage: "training"; fraction: number }
  | { stage: "trained"; trained: Trained }
  | { stage: "stopped" }
  | { stage: "failed"; message: string };

export class TrainClient {
  readonly #onState: (state: TrainState) => void;
  #worker: Worker | undefined;

  constructor(onState: (state: TrainState) => void) {
    this.#onState = onState;
  }

  train(source: TextSource, settings: TrainSettings): void {
    this.#onState({ stage: "training", fraction: 0 });
    this.#worker ??= this.#startWorker();
    this.#tell({ type: "train", source, settings });
  }

  stop(): void {
    this.#tell({ type: "stop" });
  }

  #startWorker(): Worker {
    const worker = new Worker(new URL("./train_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FromTrainer>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#worker = undefined;
      this.#onState({ stage: "failed", message: event.message || "the training worker could not start" });
    };
    return worker;
  }

  #tell(message: ToTrainer): void {
    this.#worker?.postMessage(message);
  }

  #receive(message: FromTrainer): void {
    if (message.type === "progress") this.#onState({ stage: "training", fraction: message.fraction });
    else if (message.type === "trained") this.#onState({ stage: "trained", trained: message.trained });
    else if (message.type === "stopped") this.#onState({ stage: "stopped" });
    else this.#onState({ stage: "failed", message: message.message });
  }
}
