// A map of words with its frame: the focusable field, and buttons to zoom.
import { h } from "../../view/dom.ts";
import { type MapActions, WordMap } from "./word_map.ts";

const FACTOR = 1.6;

export class MapFrame {
  readonly map: WordMap;
  readonly #field: HTMLElement;

  /** @param testId of the field  @param describedBy id of the text that says what is to be seen */
  constructor(
    container: HTMLElement,
    testId: string,
    describedBy: string,
    groupOf: ReadonlyMap<string, number>,
    actions: MapActions,
  ) {
    this.#field = h("div", {
      class: "map word-map",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "map",
      "aria-describedby": describedBy,
      "data-testid": testId,
    });
    const button = (sign: string, label: string, act: () => void) => {
      const element = h("button", { type: "button", class: "map-button", "aria-label": label, title: label }, sign);
      element.addEventListener("click", act);
      return element;
    };
    container.prepend(
      this.#field,
      h(
        "div",
        { class: "map-buttons" },
        button("+", "Zoom in", () => this.map.zoomBy(FACTOR)),
        button("\u2212", "Zoom out", () => this.map.zoomBy(1 / FACTOR)),
        button("\u2922", "Show all words", () => this.map.showAll()),
      ),
    );
    this.map = new WordMap(this.#field, groupOf, actions);
    this.say("Map of words", "waiting");
  }

  /** What the map shows, for those who do not see it. */
  say(label: string, stage: string): void {
    this.#field.setAttribute("aria-label", label);
    this.#field.dataset.stage = stage;
  }
}
