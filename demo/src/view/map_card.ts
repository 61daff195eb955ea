// The frame around the map: buttons to zoom, and a window of its own for a closer look.

import type { Catalogue } from "../catalogue/catalogue.ts";
import type { MapActions } from "../map/taste_map.ts";
import { TasteMap } from "../map/taste_map.ts";
import type { Point } from "../map/viewport.ts";
import { h, symbol } from "./dom.ts";

const FACTOR = 1.8;

function button(name: string, label: string, onPress: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", class: "map-button", "aria-label": label, title: label }, symbol(name));
  element.addEventListener("click", onPress);
  return element;
}

export class MapCard {
  readonly map: TasteMap;
  readonly #card: HTMLElement;
  readonly #dialog: HTMLDialogElement;
  readonly #home: HTMLElement;
  readonly #larger: HTMLButtonElement;

  /** @param home where the map is in the page  @param dialog where it goes for a closer look */
  constructor(
    home: HTMLElement,
    dialog: HTMLDialogElement,
    catalogue: Catalogue,
    places: readonly Point[],
    actions: MapActions,
  ) {
    this.#home = home;
    this.#dialog = dialog;
    const field = h("div", {
      class: "map",
      role: "application",
      tabindex: 0,
      "aria-roledescription": "map",
      "aria-label": `Map of ${catalogue.programs.length} programs; close together means close in meaning. Arrow keys go from program to program, Enter opens one, plus and minus zoom.`,
      "data-testid": "map",
    });
    this.#larger = button("expand", "Larger map", () => this.#toggle());
    this.#larger.dataset.testid = "map-larger";
    this.#card = h(
      "div",
      { class: "map-card" },
      field,
      h(
        "div",
        { class: "map-buttons" },
        button("plus", "Zoom in", () => this.map.zoomBy(FACTOR)),
        button("minus", "Zoom out", () => this.map.zoomBy(1 / FACTOR)),
        this.#larger,
      ),
    );
    home.replaceChildren(this.#card);
    this.map = new TasteMap(field, catalogue, places, actions);
    dialog.addEventListener("close", () => {
      this.#home.append(this.#card);
      this.#setButton("Larger map", "expand");
      this.map.showAll();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  #toggle(): void {
    if (this.#dialog.open) {
      this.#dialog.close();
      return;
    }
    this.#dialog.append(this.#card);
    this.#setButton("Close the larger map", "close");
    this.#dialog.showModal();
    this.#larger.focus();
  }

  #setButton(label: string, icon: string): void {
    this.#larger.setAttribute("aria-label", label);
    this.#larger.title = label;
    this.#larger.replaceChildren(symbol(icon));
  }
}
