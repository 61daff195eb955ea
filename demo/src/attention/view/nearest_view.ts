// The chosen token's nearest tokens: a line chart of a few over the layers, their sentences as its legend, and a table of the five
// nearest at each layer.
import { find, h } from "../../view/dom.ts";
import { type Neighbour, nearestIn } from "../numbers/nearest.ts";
import { svg } from "./svg.ts";

const NEAREST = 5;
/** How many lines from the first and from the last layer. */
const LINES = { first: 2, last: 4 };

/** In pixels; the width is that of the room there is. */
const CHART = { width: 640, height: 300, left: 36, right: 10, top: 14, bottom: 44 };

/** The word in its sentence. */
function inSentence({ sentence, start, end }: Neighbour): (Node | string)[] {
  return [sentence.slice(0, start), h("mark", {}, sentence.slice(start, end)), sentence.slice(end)];
}

/** Neighbours that the chart draws: nearest in the first layer and in the last. */
function chosenLines(neighbours: readonly Neighbour[], layers: number): number[] {
  const last = nearestIn(neighbours, layers - 1, LINES.last);
  return [...new Set([...last, ...nearestIn(neighbours, 0, LINES.first)])];
}

export class NearestView {
  readonly #subject = find("near-subject");
  readonly #empty = find("near-empty");
  readonly #content = find("near-content");
  readonly #chart = svg("svg", { class: "near-chart", role: "img", "data-testid": "near-chart" });
  readonly #legend = h("ul", { class: "near-legend", "data-testid": "near-legend" });
  readonly #table = h("table", { class: "near-table", "data-testid": "near-table" });
  #redraw = () => {};

  constructor() {
    find("near-lines").append(this.#chart, this.#legend);
    const attributes = { class: "near-scroll", tabindex: 0, role: "region", "aria-labelledby": "near-table-title" };
    find("near-ranks").append(h("div", attributes, this.#table));
  }

  /** No token is chosen. */
  clear(): void {
    this.#redraw = () => {};
    this.#subject.textContent = "";
    this.#empty.hidden = false;
    this.#content.hidden = true;
  }

  /** The room has changed. */
  redraw(): void {
    this.#redraw();
  }

  show(token: string, neighbours: readonly Neighbour[]): void {
    const layers = neighbours[0]?.similarities.length ?? 0;
    if (layers === 0) {
      this.clear();
      return;
    }
    this.#subject.textContent = `of \u201c${token}\u201d`;
    this.#empty.hidden = true;
    this.#content.hidden = false;
    const lines = chosenLines(neighbours, layers);
    this.#redraw = () => this.#drawChart(token, neighbours, lines, layers);
    this.#redraw();
    this.#legend.replaceChildren(
      ...lines.map((i, line) =>
        h(
          "li",
          { "data-testid": "legend" },
          h("span", { class: `legend-mark line-${line}` }),
          h("span", {}, ...inSentence(neighbours[i] as Neighbour)),
        ),
      ),
    );
    this.#drawTable(neighbours, lines, layers);
  }

  #drawChart(token: string, neighbours: readonly Neighbour[], lines: readonly number[], layers: number): void {
    const { height, left, right, top, bottom } = CHART;
    const width = this.#chart.clientWidth || CHART.width;
    const values = lines.flatMap((i) => neighbours[i]?.similarities ?? []);
    const lowest = Math.min(0.8, Math.max(0, Math.floor(5 * Math.min(...values)) / 5));
    const x = (layer: number) => left + ((width - left - right) * layer) / Math.max(1, layers - 1);
    const y = (value: number) => top + ((height - top - bottom) * (1 - value)) / (1 - lowest);
    const axis: SVGElement[] = [];
    for (let fifths = Math.round(5 * lowest); fifths <= 5; fifths++) {
      const height = y(fifths / 5);
      axis.push(
        svg("line", { class: "chart-rule", x1: left, x2: width - right, y1: height, y2: height }),
        svg("text", { x: left - 8, y: height + 4, "text-anchor": "end" }, (fifths / 5).toFixed(1)),
      );
    }
    for (let layer = 0; layer < layers; layer++)
      axis.push(
        svg("text", { x: x(layer), y: height - 22, "text-anchor": "middle" }, layer === 0 ? "start" : String(layer)),
      );
    axis.push(svg("text", { x: (left + width - right) / 2, y: height - 4, "text-anchor": "middle" }, "after layer"));
    // The nearest at the end lies on top.
    const curves = lines.toReversed().map((i) => {
      const { similarities } = neighbours[i] as Neighbour;
      const line = lines.indexOf(i);
      const points = similarities.map(
        (value, layer) => `${x(layer).toFixed(1)},${y(Math.max(lowest, value)).toFixed(1)}`,
      );
      return svg(
        "g",
        { class: `line-${line}` },
        svg("polyline", { points: points.join(" ") }),
        ...points.map((point) => {
          const [cx = "", cy = ""] = point.split(",");
          return svg("circle", { cx, cy, r: 3.5 });
        }),
      );
    });
    this.#chart.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#chart.setAttribute(
      "aria-label",
      `How like \u201c${token}\u201d these tokens are, layer by layer. The table says the same.`,
    );
    this.#chart.replaceChildren(...axis, ...curves);
  }

  #drawTable(neighbours: readonly Neighbour[], lines: readonly number[], layers: number): void {
    const columns = Array.from({ length: layers }, (_, layer) => nearestIn(neighbours, layer, NEAREST));
    const heads = columns.map((_, layer) => h("th", { scope: "col" }, layer === 0 ? "Start" : `Layer ${layer}`));
    const rows = Array.from({ length: Math.min(NEAREST, neighbours.length) }, (_, rank) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, String(rank + 1)),
        ...columns.map((column, layer) => this.#cell(neighbours, lines, column[rank] as number, layer)),
      ),
    );
    this.#table.replaceChildren(
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, "Rank")), ...heads)),
      h("tbody", {}, ...rows),
    );
  }

  #cell(neighbours: readonly Neighbour[], lines: readonly number[], i: number, layer: number): HTMLElement {
    const neighbour = neighbours[i] as Neighbour;
    const line = lines.indexOf(i);
    return h(
      "td",
      { title: neighbour.sentence },
      line >= 0 && h("span", { class: `legend-mark line-${line}` }),
      h("span", { class: "near-word" }, neighbour.token),
      h("span", { class: "near-value" }, (neighbour.similarities[layer] as number).toFixed(2)),
    );
  }
}
