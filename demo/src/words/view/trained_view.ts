// What a training does while it runs and what came of it: figures, the loss, a map that moves.
import { find, h } from "../../view/dom.ts";
import type { Trained, WordTrainState } from "../training/task.ts";
import { LossChart } from "./loss_chart.ts";
import { MapFrame } from "./map_frame.ts";
import { type Group, groupsByWord } from "./map_view.ts";
import type { MapActions } from "./word_map.ts";

const number = (value: number) => Math.round(value).toLocaleString("en");
const STEP_MS = 110;

export class TrainedView {
  readonly #container = find("trained");
  readonly #speed = find("train-speed");
  readonly #loss = find("train-loss");
  readonly #words = find("train-words");
  readonly #result = find("train-result");
  readonly #chart = new LossChart(find("train-chart"));
  readonly #frame: MapFrame;
  readonly #compare: () => void;

  /** @param compare shows what was trained beside the other rungs */
  constructor(groups: readonly Group[], actions: MapActions, compare: () => void) {
    this.#frame = new MapFrame(find("train-map"), "train-map", "train-map-note", groupsByWord(groups), actions);
    this.#compare = compare;
  }

  update(state: WordTrainState): void {
    this.#container.dataset.stage = state.stage;
    if (state.stage === "trained") {
      this.#frame.say("Words as they were learned", "ready");
      this.#showResult(state.trained);
    }
    if (state.stage !== "training") return;
    const { look } = state;
    if (!look) {
      this.#chart.clear();
      this.#result.replaceChildren();
      this.#frame.map.show([], new Float32Array());
      this.#frame.map.showAll();
      return;
    }
    if (look.stage !== "train") return;
    this.#speed.textContent = number(look.wordsPerSecond);
    if (look.loss !== undefined) {
      this.#loss.textContent = look.loss.toPrecision(3);
      this.#chart.add(look.fraction, look.loss);
    }
    this.#words.textContent = number(look.words.length);
    this.#frame.say(`${look.words.length} words while they are learned`, "moving");
    this.#frame.map.show(look.words, look.places, STEP_MS);
  }

  #showResult({ vectors, texts, milliseconds, settings }: Trained): void {
    const button = h(
      "button",
      { type: "button", class: "small-button strong", "data-testid": "compare" },
      "Compare it above",
    );
    button.addEventListener("click", this.#compare);
    this.#result.replaceChildren(
      h(
        "p",
        {},
        `${number(vectors.words.length)} words with ${settings.dimensions} numbers each, from ${number(texts)} lines in ${(milliseconds / 1000).toFixed(1)} s on this device. They are the rung \u201cYours\u201d now.`,
      ),
      button,
    );
  }
}
