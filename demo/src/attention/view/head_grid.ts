// All heads as small heat maps: rows are layers, columns heads. One of them is chosen; arrow keys go to its neighbours.
import { h } from "../../view/dom.ts";
import { type Habit, patternOf, type Reading, weightsOf } from "../numbers/reading.ts";
import { habitName, headName } from "./words.ts";

/** Red, green, blue: visible on light and dark ground. */
const COLOURS: Record<Habit, readonly [number, number, number]> = {
  special: [150, 150, 150],
  self: [200, 130, 20],
  before: [60, 130, 230],
  after: [165, 95, 215],
  spread: [25, 160, 110],
};

/** One picture element for each pair of tokens: down the tokens that look, across those that are looked at. */
function paint(canvas: HTMLCanvasElement, weights: Float32Array, n: number, habit: Habit): void {
  canvas.width = n;
  canvas.height = n;
  const context = canvas.getContext("2d");
  if (!context || n === 0) return;
  const image = context.createImageData(n, n);
  const [red, green, blue] = COLOURS[habit];
  const { data } = image;
  for (let i = 0; i < weights.length; i++) {
    data[4 * i] = red;
    data[4 * i + 1] = green;
    data[4 * i + 2] = blue;
    data[4 * i + 3] = Math.round(255 * Math.sqrt(weights[i] as number));
  }
  context.putImageData(image, 0, 0);
}

export class HeadGrid {
  readonly #grid: HTMLElement;
  readonly #choose: (layer: number, head: number) => void;
  #cells: { button: HTMLElement; canvas: HTMLCanvasElement }[][] = [];
  #reading: Reading | undefined;

  constructor(grid: HTMLElement, choose: (layer: number, head: number) => void) {
    this.#grid = grid;
    this.#choose = choose;
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-label", "Heads");
    grid.addEventListener("click", ({ target }) => {
      const cell = target instanceof Element ? target.closest<HTMLElement>(".head-cell") : null;
      if (cell) choose(Number(cell.dataset.layer), Number(cell.dataset.head));
    });
    grid.addEventListener("keydown", (event) => this.#onKey(event));
  }

  select(layer: number, head: number): void {
    for (const [l, row] of this.#cells.entries()) {
      for (const [k, { button }] of row.entries()) {
        const isChosen = l === layer && k === head;
        button.setAttribute("aria-selected", String(isChosen));
        button.tabIndex = isChosen ? 0 : -1;
      }
    }
  }

  /** Draws the maps of a text. */
  show(reading: Reading): void {
    if (reading === this.#reading) return;
    this.#reading = reading;
    const { layers, heads, tokens } = reading;
    if (this.#cells.length !== layers || this.#cells[0]?.length !== heads) this.#fill(layers, heads);
    for (const [l, row] of this.#cells.entries()) {
      for (const [k, { button, canvas }] of row.entries()) {
        const pattern = patternOf(reading, l, k);
        paint(canvas, weightsOf(reading, l, k), tokens.length, pattern.habit);
        const label = `${headName(l, k)}, ${habitName(pattern)}`;
        button.setAttribute("aria-label", label);
        button.title = label;
      }
    }
  }

  #fill(layers: number, heads: number): void {
    const range = (length: number) => Array.from({ length }, (_, i) => i);
    this.#cells = range(layers).map((layer) =>
      range(heads).map((head) => {
        const canvas = h("canvas", { class: "head-map", "aria-hidden": "true" });
        const attributes = { class: "head-cell", role: "gridcell", tabindex: -1, "data-testid": "head" };
        return { canvas, button: h("div", { ...attributes, "data-layer": layer, "data-head": head }, canvas) };
      }),
    );
    const corner = h(
      "span",
      { role: "columnheader", class: "head-name" },
      h("span", { class: "visually-hidden" }, "Layer"),
    );
    const head = range(heads).map((i) => h("span", { role: "columnheader", class: "head-name" }, String(i + 1)));
    this.#grid.replaceChildren(
      h("div", { role: "row", class: "head-row" }, corner, ...head),
      ...this.#cells.map((row, layer) =>
        h(
          "div",
          { role: "row", class: "head-row" },
          h("span", { role: "rowheader", class: "head-name" }, String(layer + 1)),
          ...row.map(({ button }) => button),
        ),
      ),
    );
    this.#grid.style.setProperty("--heads", String(heads));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const layer = Number(event.target.dataset.layer);
    const head = Number(event.target.dataset.head);
    const places: Record<string, [number, number]> = {
      ArrowLeft: [layer, head - 1],
      ArrowRight: [layer, head + 1],
      ArrowUp: [layer - 1, head],
      ArrowDown: [layer + 1, head],
      Home: [layer, 0],
      End: [layer, (this.#cells[0]?.length ?? 1) - 1],
    };
    const place = places[event.key];
    if (!place) return;
    event.preventDefault();
    const cell = this.#cells[place[0]]?.[place[1]];
    if (!cell) return;
    this.#choose(...place);
    cell.button.focus();
  }
}
