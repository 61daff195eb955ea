// The page's side of the training worker, which is started with the first training.
import type { FromTrainer, TextSource, ToTrainer, Trained, TrainingLook, TrainSettings } from "./train_protocol.ts";

export type TrainState =
  | { stage: "idle" }
  | { stage: "training"; look: TrainingLook | undefined; isPaused: boolean }
  | { stage: "trained"; trained: Trained }
  | { stage: "stopped" }
  | { stage: "failed"; message: string };

export class TrainClient {
  readonly #onState: (state: TrainState) => void;
  #worker: Worker | undefined;
  #look: TrainingLook | undefined;
  #isPaused = false;

  constructor(onState: (state: TrainState) => void) {
    this.#onState = onState;
  }

  train(source: TextSource, settings: TrainSettings, preferred: string[]): void {
    this.#look = undefined;
    this.#isPaused = false;
    this.#tellState();
    this.#worker ??= this.#startWorker();
    this.#tell({ type: "train", source, settings, preferred });
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#tell({ type: isPaused ? "pause" : "resume" });
    this.#tellState();
  }

  /** Ends the training with what has been learned so far, if anything has. */
  stop(): void {
    this.#tell({ type: "stop", keep: this.#look?.stage === "train" });
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

  #tellState(): void {
    this.#onState({ stage: "training", look: this.#look, isPaused: this.#isPaused });
  }

  #receive(message: FromTrainer): void {
    if (message.type === "look") {
      this.#look = message.look;
      this.#tellState();
    } else if (message.type === "trained") this.#onState({ stage: "trained", trained: message.trained });
    else if (message.type === "stopped") this.#onState({ stage: "stopped" });
    else this.#onState({ stage: "failed", message: message.message });
  }
}
