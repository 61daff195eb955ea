// The form that says what to learn from and how; and how far the learning is.
import { find } from "../../view/dom.ts";
import type { TextSource, TrainSettings, WordTrainState } from "../training/task.ts";

export interface TrainActions {
  train(source: TextSource, settings: TrainSettings): void;
  setPaused(isPaused: boolean): void;
  stop(): void;
}

const SLIDERS = ["dimensions", "window", "epochs"] as const;

export class TrainForm {
  readonly #form = find<HTMLFormElement>("train-form");
  readonly #text = find<HTMLTextAreaElement>("train-text");
  readonly #file = find<HTMLInputElement>("train-file");
  readonly #architecture = find<HTMLFieldSetElement>("train-architecture");
  readonly #start = find<HTMLButtonElement>("train-start");
  readonly #pause = find<HTMLButtonElement>("train-pause");
  readonly #stop = find<HTMLButtonElement>("train-stop");
  readonly #progress = find<HTMLProgressElement>("train-progress");
  readonly #status = find("train-status");
  readonly #entriesUrl: string;
  #isPaused = false;

  constructor(entriesUrl: string, actions: TrainActions) {
    this.#entriesUrl = entriesUrl;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const source = this.#source();
      if (source) actions.train(source, this.#settings());
    });
    this.#form.addEventListener("input", () => this.#follow());
    this.#pause.addEventListener("click", () => actions.setPaused(!this.#isPaused));
    this.#stop.addEventListener("click", () => actions.stop());
    this.#follow();
  }

  update(state: WordTrainState): void {
    const isTraining = state.stage === "training";
    this.#isPaused = isTraining && state.isPaused;
    const hadFocus = [this.#start, this.#pause, this.#stop].some((button) => button === document.activeElement);
    this.#status.dataset.stage = this.#isPaused ? "paused" : state.stage;
    this.#start.hidden = isTraining;
    this.#pause.hidden = !isTraining;
    this.#stop.hidden = !isTraining;
    this.#progress.hidden = !isTraining;
    this.#pause.textContent = this.#isPaused ? "Go on" : "Pause";
    if (hadFocus && document.activeElement !== this.#stop) (isTraining ? this.#pause : this.#start).focus();
    if (isTraining) this.#progress.value = state.look?.fraction ?? 0;
    this.#say(textOf(state));
  }

  /** Shows what belongs to the choices made. */
  #follow(): void {
    const source = this.#chosen("source");
    this.#text.hidden = source !== "paste";
    this.#file.hidden = source !== "file";
    this.#architecture.hidden = this.#chosen("method") === "glove";
    for (const name of SLIDERS)
      find(`train-${name}-output`).textContent = find<HTMLInputElement>(`train-${name}`).value;
  }

  #chosen(name: string): string {
    return String(new FormData(this.#form).get(name));
  }

  #settings(): TrainSettings {
    const [dimensions = 50, window = 5, epochs = 5] = SLIDERS.map(
      (name) => find<HTMLInputElement>(`train-${name}`).valueAsNumber,
    );
    return {
      method: this.#chosen("method") as TrainSettings["method"],
      architecture: this.#chosen("architecture") as TrainSettings["architecture"],
      dimensions,
      window,
      epochs,
    };
  }

  /** The texts chosen; if there are none, says so and leads there. */
  #source(): TextSource | undefined {
    const kind = this.#chosen("source");
    if (kind === "entries") return { kind, url: this.#entriesUrl };
    const file = this.#file.files?.[0];
    if (kind === "file" && file) return { kind, file };
    if (kind === "paste" && this.#text.value.trim()) return { kind: "text", text: this.#text.value };
    this.#say(kind === "file" ? "Choose a file first." : "Paste some text first.");
    (kind === "file" ? this.#file : this.#text).focus();
    return undefined;
  }

  #say(text: string): void {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }
}

function textOf(state: WordTrainState): string {
  if (state.stage === "training") {
    if (state.isPaused) return "Paused";
    if (state.look?.stage === "train") return "Learning from the texts";
    return state.look?.stage === "count" ? "Counting pairs of words" : "Reading the texts";
  }
  if (state.stage === "stopped") return "Stopped. Nothing was learned yet.";
  if (state.stage === "failed") return `It did not work: ${state.message}`;
  return "";
}
