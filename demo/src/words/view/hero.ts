// The picture beside the title: words as points, the like ones near each other.
import { svg } from "../../attention/view/svg.ts";
import { colourOf } from "../../map/colours.ts";

/** Words, their places, and their group, whose colour they have on the map. */
const WORDS: readonly [word: string, x: number, y: number, group: number][] = [
  ["horse", 120, 96, 0],
  ["dog", 196, 62, 0],
  ["cat", 226, 118, 0],
  ["owl", 92, 168, 0],
  ["bread", 480, 70, 1],
  ["cheese", 566, 108, 1],
  ["wine", 618, 56, 1],
  ["soup", 512, 146, 1],
  ["Rome", 168, 300, 4],
  ["Paris", 250, 262, 4],
  ["London", 292, 322, 4],
  ["joy", 560, 290, 6],
  ["anger", 640, 248, 6],
  ["fear", 668, 320, 6],
  ["king", 398, 196, 3],
  ["queen", 428, 240, 3],
];
/** Pairs of words that stand for the same step. */
const STEPS: readonly [number, number][] = [[14, 15]];

export function fillHero(container: HTMLElement): void {
  const at = (word: number) => WORDS[word] as (typeof WORDS)[number];
  const lines = STEPS.map(([from, to]) => {
    const [, x1, y1] = at(from);
    const [, x2, y2] = at(to);
    return svg("line", { x1, y1, x2, y2 });
  });
  const points = WORDS.map(([word, x, y, group]) =>
    svg(
      "g",
      { fill: colourOf(group) },
      svg("circle", { cx: x, cy: y, r: 6 }),
      svg("text", { x: x + 13, y: y + 8 }, word),
    ),
  );
  container.replaceChildren(
    svg(
      "svg",
      { viewBox: "40 20 740 340", "aria-hidden": "true" },
      svg("g", { class: "hero-steps" }, ...lines),
      ...points,
    ),
  );
}
