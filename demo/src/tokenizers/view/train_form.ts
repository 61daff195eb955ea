// The form that says what to learn from, how, and how much; and how far the learning is.
import { find, h } from "../../view/dom.ts";
import type { TrainableKey } from "../schemes.ts";
import { SIZES, sizeOf } from "../training/size_scale.ts";
import type { TextSource, TokenizerTrainState, TrainSettings } from "../training/task.ts";

const DEFAULT_SIZE = 4000;

export interface TrainActions {
  train(source: TextSource, settings: TrainSettings): void;
  stop(): void;
}

export class TrainForm {
  readonly #form = find<HTMLFormElement>("train-form");
  readonly #text = find<HTMLTextAreaElement>("train-text");
  readonly #file = find<HTMLInputElement>("train-file");
  readonly #size = find<HTMLInputElement>("train-size");
  readonly #sizeOutput = find("train-size-output");
  readonly #lowercase = find<HTMLInputElement>("train-lowercase");
  readonly #start = find<HTMLButtonElement>("train-start");
  readonly #stop = find<HTMLButtonElement>("train-stop");
  readonly #progress = find<HTMLProgressElement>("train-progress");
  readonly #status = find("train-status");
  readonly #catalogueUrl: string;

  constructor(catalogueUrl: string, actions: TrainActions) {
    this.#catalogueUrl = catalogueUrl;
    this.#size.max = String(SIZES.length - 1);
    this.#size.value = String(SIZES.indexOf(DEFAULT_SIZE));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const source = this.#source();
      if (source) actions.train(source, this.#settings());
    });
    this.#form.addEventListener("change", () => this.#follow());
    this.#size.addEventListener("input", () => this.#follow());
    this.#stop.addEventListener("click", () => actions.stop());
    this.#follow();
  }

  update(state: TokenizerTrainState): void {
    const training = state.stage === "training";
    const hadFocus = document.activeElement === this.#start || document.activeElement === this.#stop;
    this.#status.dataset.stage = state.stage;
    this.#start.hidden = training;
    this.#stop.hidden = !training;
    this.#progress.hidden = !training;
    if (hadFocus) (training ? this.#stop : this.#start).focus();
    if (state.stage === "training") this.#progress.value = state.look?.fraction ?? 0;
    this.#say(textOf(state));
  }

  /** Shows what belongs to the choices made. */
  #follow(): void {
    const source = this.#chosen("source");
    this.#text.hidden = source !== "paste";
    this.#file.hidden = source !== "file";
    const size = sizeOf(this.#size.valueAsNumber).toLocaleString("en");
    this.#sizeOutput.textContent = size;
    this.#size.setAttribute("aria-valuetext", `${size} pieces`);
  }

  #chosen(name: string): string {
    return String(new FormData(this.#form).get(name));
  }

  #settings(): TrainSettings {
    return {
      model: this.#chosen("model") as TrainableKey,
      vocabSize: sizeOf(this.#size.valueAsNumber),
      lowercase: this.#lowercase.checked,
    };
  }

  /** The texts chosen; if there are none, says so and leads there. */
  #source(): TextSource | undefined {
    const kind = this.#chosen("source");
    if (kind === "catalogue") return { kind, url: this.#catalogueUrl };
    const file = this.#file.files?.[0];
    if (kind === "file" && file) return { kind, file };
    if (kind === "paste" && this.#text.value.trim()) return { kind: "text", text: this.#text.value };
    this.#say(kind === "file" ? "Choose a file first." : "Paste some text first.");
    (kind === "file" ? this.#file : this.#text).focus();
    return undefined;
  }

  #say(text: string): void {
    if (this.#status.textContent !== text) this.#status.replaceChildren(h("span", {}, text));
  }
}

function textOf(state: TokenizerTrainState): string {
  if (state.stage === "training") return "Learning from the texts";
  if (state.stage === "stopped") return "Stopped. Nothing was changed.";
  if (state.stage === "failed") return `It did not work: ${state.message}`;
  return "";
}
