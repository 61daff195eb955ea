// What the map says about the program under the pointer.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { h } from "../view/dom.ts";
import { programIcon } from "../view/program_icon.ts";
import type { Point } from "./viewport.ts";

const ABOVE = 22; // px between the item and the tip
const EDGE = 8;

export class MapTip {
  readonly #container: HTMLElement;
  readonly #catalogue: Catalogue;
  readonly #element = h("div", { class: "map-tip", "aria-hidden": "true", "data-testid": "map-tip", hidden: true });

  constructor(container: HTMLElement, catalogue: Catalogue) {
    this.#container = container;
    this.#catalogue = catalogue;
    container.append(this.#element);
  }

  show(item: number | undefined, at: Point | undefined): void {
    const program = item === undefined ? undefined : this.#catalogue.programs[item];
    this.#element.hidden = !program;
    if (!program || item === undefined) return;
    this.#element.replaceChildren(
      programIcon(program, item, this.#catalogue.icons, "small"),
      h("span", {}, h("strong", {}, program.name), program.summary),
    );
    this.move(at);
  }

  /** Keeps the tip above the item, or below where there is no room, and inside the map. */
  move(at: Point | undefined): void {
    if (!at || this.#element.hidden) return;
    const { offsetWidth: width, offsetHeight: height } = this.#element;
    const most = this.#container.clientWidth - width - EDGE;
    const left = Math.max(EDGE, Math.min(most, at.x - width / 2));
    const top = at.y - height - ABOVE >= EDGE ? at.y - height - ABOVE : at.y + ABOVE;
    this.#element.style.translate = `${left}px ${top}px`;
  }
}
