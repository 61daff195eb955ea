// The picture beside the title: a sentence whose words look at each other.
import { svg } from "./svg.ts";

const WORDS = ["the", "captain", "saved", "the", "pirate", "because", "he", "was", "kind"];
/** Pairs of words, and how heavy their arc is, 0 to 1. */
const ARCS: readonly [number, number, number][] = [
  [6, 1, 1],
  [6, 4, 0.6],
  [4, 3, 0.35],
  [1, 0, 0.35],
  [2, 1, 0.5],
  [2, 4, 0.5],
  [8, 6, 0.7],
  [5, 2, 0.4],
  [7, 8, 0.3],
];

const STEP = 92;
const BASE = 330;

export function fillHero(container: HTMLElement): void {
  const x = (word: number) => 50 + word * STEP;
  const arcs = ARCS.map(([from, to, weight]) => {
    const radius = (Math.abs(from - to) * STEP) / 2;
    const [left, right] = [Math.min(x(from), x(to)), Math.max(x(from), x(to))];
    return svg("path", {
      d: `M${left} ${BASE - 26}A${radius} ${radius * 0.9} 0 0 1 ${right} ${BASE - 26}`,
      "stroke-width": (1.5 + 7 * weight).toFixed(1),
      "stroke-opacity": (0.25 + 0.6 * weight).toFixed(2),
    });
  });
  const words = WORDS.map((word, i) => svg("text", { x: x(i), y: BASE, "text-anchor": "middle" }, word));
  const width = 100 + (WORDS.length - 1) * STEP;
  container.replaceChildren(
    svg(
      "svg",
      { viewBox: `0 0 ${width} 360`, "aria-hidden": "true" },
      svg("g", { class: "hero-arcs" }, ...arcs),
      ...words,
    ),
  );
}
