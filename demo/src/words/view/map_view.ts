// The map of words on one rung: which rung, which layout, and what the two axes hold.
import { find, h } from "../../view/dom.ts";
import { Segments } from "../../view/segments.ts";
import { RUNGS, type RungKey } from "../rungs/rungs.ts";
import type { Layed, Layout } from "../worker/protocol.ts";
import { MapFrame } from "./map_frame.ts";
import type { MapActions } from "./word_map.ts";

export interface Group {
  name: string;
  words: string[];
}

export interface MapChoices extends MapActions {
  setRung(rung: RungKey): void;
  setLayout(layout: Layout): void;
}

/** Which group each word of the groups is in. */
export const groupsByWord = (groups: readonly Group[]): Map<string, number> =>
  new Map(groups.flatMap(({ words }, group) => words.map((word) => [word, group] as const)));

/** The colours of the groups, said in words. */
export function showLegend(list: HTMLElement, groups: readonly Group[]): void {
  list.replaceChildren(...groups.map(({ name }, group) => h("li", { class: `group-${group}` }, name)));
}

const STEP_MS = 120; // of a layout that is still moving

export class MapView {
  readonly #frame: MapFrame;
  readonly #note = find("map-note");
  readonly #rungs = find<HTMLSelectElement>("map-rung");
  readonly #layouts: Segments<Layout>;

  constructor(groups: readonly Group[], choices: MapChoices) {
    this.#frame = new MapFrame(find("word-map"), "word-map", "map-note", groupsByWord(groups), choices);
    showLegend(find("map-legend"), groups);
    this.#layouts = new Segments<Layout>(
      "layout",
      "Layout",
      [
        { value: "pca", label: "PCA", hint: "The two directions in which the words are spread the widest" },
        { value: "umap", label: "UMAP", hint: "Words that are alike near each other, however far the rest is" },
      ],
      (layout) => choices.setLayout(layout),
    );
    find("map-layout").append(this.#layouts.element);
    this.#rungs.addEventListener("change", () => choices.setRung(this.#rungs.value as RungKey));
  }

  /** What there is to choose, and what is chosen. */
  setChoices(rungs: readonly RungKey[], chosen: RungKey, layout: Layout): void {
    this.#rungs.replaceChildren(...rungs.map((key) => h("option", { value: key }, RUNGS[key].name)));
    this.#rungs.value = chosen;
    this.#layouts.set(layout);
  }

  setMarked(words: Iterable<string>): void {
    this.#frame.map.setMarked(words);
  }

  show(layed: Layed, rung: RungKey, isLast: boolean): void {
    const { words, places, share } = layed;
    const how = share === undefined ? "UMAP" : "PCA";
    this.#frame.say(`${words.length} words on ${RUNGS[rung].name}, ${how}`, isLast ? "ready" : "moving");
    this.#frame.map.show(words, places, isLast ? undefined : STEP_MS);
    this.#note.textContent = noteOn(layed, RUNGS[rung].name, isLast);
  }

  fail(message: string): void {
    this.#frame.say("Map of words", "failed");
    this.#note.textContent = `It did not work: ${message}`;
  }
}

function noteOn({ words, share }: Layed, name: string, isLast: boolean): string {
  if (words.length === 0) return `None of the words has a vector on this rung.`;
  if (share !== undefined) {
    return `${words.length} words on ${name}. The two axes hold ${Math.round(100 * share)}\u00a0% of how the vectors are spread; the rest is not to be seen.`;
  }
  return isLast
    ? `${words.length} words on ${name}. Near means alike; distances between far groups say little.`
    : `UMAP is moving ${words.length} words`;
}
