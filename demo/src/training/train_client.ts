// The page's side of a training worker, which is started with the first training.
import type { FromTrainer, ToTrainer, TrainState } from "./protocol.ts";

export class TrainClient<Task, Look, Trained> {
  readonly #start: () => Worker;
  readonly #onState: (state: TrainState<Look, Trained>) => void;
  #worker: Worker | undefined;
  #look: Look | undefined;
  #isPaused = false;

  constructor(start: () => Worker, onState: (state: TrainState<Look, Trained>) => void) {
    this.#start = start;
    this.#onState = onState;
  }

  train(task: Task): void {
    this.#look = undefined;
    this.#isPaused = false;
    this.#tellState();
    this.#worker ??= this.#startWorker();
    this.#tell({ type: "train", task });
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#tell({ type: isPaused ? "pause" : "resume" });
    this.#tellState();
  }

  stop(): void {
    this.#tell({ type: "stop" });
  }

  #startWorker(): Worker {
    const worker = this.#start();
    worker.onmessage = ({ data }: MessageEvent<FromTrainer<Look, Trained>>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#worker = undefined;
      this.#onState({ stage: "failed", message: event.message || "the training worker could not start" });
    };
    return worker;
  }

  #tell(message: ToTrainer<Task>): void {
    this.#worker?.postMessage(message);
  }

  #tellState(): void {
    this.#onState({ stage: "training", look: this.#look, isPaused: this.#isPaused });
  }

  #receive(message: FromTrainer<Look, Trained>): void {
    if (message.type === "look") {
      this.#look = message.look;
      this.#tellState();
    } else if (message.type === "trained") this.#onState({ stage: "trained", trained: message.trained });
    else if (message.type === "stopped") this.#onState({ stage: "stopped" });
    else this.#onState({ stage: "failed", message: message.message });
  }
}
