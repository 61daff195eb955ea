// The weights as a table: the chosen token's, or what each token looks at most. Drawn once it is opened.
import { h } from "../../view/dom.ts";
import { type Reading, weightsFrom } from "../numbers/reading.ts";
import { percent } from "./words.ts";

const TOP = 3;

/** The tokens with the most weight, heaviest first. */
const order = (weights: Float32Array) =>
  Array.from(weights.keys()).sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);

export class WeightsTable {
  readonly #details: HTMLDetailsElement;
  readonly #table = h("table", { "data-testid": "weights-table" });
  #draw = () => {};

  constructor(details: HTMLDetailsElement) {
    this.#details = details;
    details.append(
      h(
        "div",
        { class: "token-table", tabindex: 0, role: "region", "aria-label": "Weights of this head" },
        this.#table,
      ),
    );
    details.addEventListener("toggle", () => this.#drawIfOpen());
  }

  show(reading: Reading, layer: number, head: number, token: number | undefined): void {
    this.#draw = () => {
      if (token === undefined) this.#all(reading, layer, head);
      else this.#one(reading, layer, head, token);
    };
    this.#drawIfOpen();
  }

  #drawIfOpen(): void {
    if (this.#details.open) this.#draw();
  }

  #one(reading: Reading, layer: number, head: number, token: number): void {
    const weights = weightsFrom(reading, layer, head, token);
    const rows = order(weights).map((to) => [
      h("code", {}, reading.tokens[to] as string),
      String(to + 1),
      percent(weights[to] as number),
    ]);
    this.#fill(`Where \u201c${reading.tokens[token]}\u201d looks`, ["Token", "Place", "Weight"], rows);
  }

  #all(reading: Reading, layer: number, head: number): void {
    const rows = reading.tokens.map((token, from) => {
      const weights = weightsFrom(reading, layer, head, from);
      const most = order(weights).slice(0, TOP);
      const looks = most.map((to) => `${reading.tokens[to]} ${percent(weights[to] as number)}`);
      return [h("code", {}, token), String(from + 1), looks.join(", ")];
    });
    this.#fill("Where each token looks most", ["Token", "Place", "Looks at"], rows);
  }

  #fill(caption: string, columns: string[], rows: (Node | string)[][]): void {
    this.#table.replaceChildren(
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))),
      h("tbody", {}, ...rows.map((cells) => h("tr", {}, ...cells.map((cell) => h("td", {}, cell))))),
    );
  }
}
