// The loss of a training over its course, as a line.
import { svg } from "../../attention/view/svg.ts";

/** In pixels; the width is that of the room there is. */
const CHART = { width: 560, height: 190, left: 44, right: 10, top: 12, bottom: 30 };
const MOST_POINTS = 240;

export class LossChart {
  readonly #element: SVGSVGElement;
  #points: [fraction: number, loss: number][] = [];

  constructor(container: HTMLElement) {
    this.#element = svg("svg", { class: "loss-chart", role: "img", "data-testid": "loss-chart" });
    container.append(this.#element);
    new ResizeObserver(() => this.#draw()).observe(container);
  }

  clear(): void {
    this.#points = [];
    this.#draw();
  }

  /** @param fraction of the training, 0 to 1 */
  add(fraction: number, loss: number): void {
    this.#points.push([fraction, loss]);
    if (this.#points.length > MOST_POINTS) this.#points = this.#points.map(meanOfPair).filter((_, i) => i % 2 === 0);
    this.#draw();
  }

  #draw(): void {
    const { height, left, right, top, bottom } = CHART;
    const width = this.#element.clientWidth || CHART.width;
    const first = this.#points[0]?.[0] ?? 0; // reading the texts came before
    const { lowest, step, steps } = scaleOf(this.#points.map(([, loss]) => loss));
    const x = (fraction: number) => left + ((width - left - right) * (fraction - first)) / (1 - first || 1);
    const y = (loss: number) => top + (height - top - bottom) * (1 - (loss - lowest) / (steps * step));
    const axis = Array.from({ length: steps + 1 }, (_, i) => lowest + i * step).flatMap((loss) => [
      svg("line", { class: "chart-rule", x1: left, x2: width - right, y1: y(loss), y2: y(loss) }),
      svg("text", { x: left - 8, y: y(loss) + 4, "text-anchor": "end" }, String(Number(loss.toPrecision(3)))),
    ]);
    const labels = [
      svg("text", { x: left, y: height - 8 }, "start"),
      svg("text", { x: width - right, y: height - 8, "text-anchor": "end" }, "end"),
    ];
    const points = this.#points.map(([fraction, loss]) => `${x(fraction).toFixed(1)},${y(loss).toFixed(1)}`);
    this.#element.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#element.setAttribute("aria-label", this.#summary());
    this.#element.replaceChildren(...axis, ...labels, svg("polyline", { points: points.join(" ") }));
  }

  #summary(): string {
    const [first, last] = [this.#points[0], this.#points.at(-1)];
    if (!first || !last) return "Loss over the training: nothing yet";
    return `Loss over the training: from ${first[1].toPrecision(3)} to ${last[1].toPrecision(3)}`;
  }
}

function meanOfPair(
  [fraction, loss]: [number, number],
  i: number,
  points: readonly [number, number][],
): [number, number] {
  const next = points[i + 1];
  return next ? [(fraction + next[0]) / 2, (loss + next[1]) / 2] : [fraction, loss];
}

/** An axis of round numbers that holds all values, in about four steps. */
function scaleOf(values: readonly number[]): { lowest: number; step: number; steps: number } {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const rough = Math.max((high - low) / 4, high / 1000, 1e-9);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const lowest = Math.floor(low / step) * step;
  return { lowest, step, steps: Math.max(1, Math.ceil((high - lowest) / step)) };
}
