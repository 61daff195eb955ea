// Columns of words with bars, one for each rung, side by side: neighbours of a text, or answers to an analogy.
import { h } from "../../view/dom.ts";
import type { Nearest } from "../rungs/rung.ts";
import { RUNGS, type RungKey } from "../rungs/rungs.ts";

const quoted = (words: readonly string[]) => words.map((word) => `\u201c${word}\u201d`).join(", ");

/** What is to be said about words that have no vector, or one of a special kind. */
export function remarkOn({ hits, missing, built }: Nearest): string {
  const verb = (words: readonly string[]) => (words.length === 1 ? "has" : "have");
  if (missing.length > 0 && hits.length === 0) return `${quoted(missing)} ${verb(missing)} no vector here.`;
  if (missing.length > 0) return `Without ${quoted(missing)}, which ${verb(missing)} no vector here.`;
  if (built.length > 0) return `${quoted(built)} was never seen; the vector comes from its pieces.`;
  return "";
}

class Column {
  readonly element: HTMLElement;
  readonly #list = h("ol", { class: "hits" });
  readonly #remark = h("p", { class: "fine hits-remark", "data-testid": "remark" });
  readonly #choose: ((word: string) => void) | undefined;

  constructor(key: RungKey, choose: ((word: string) => void) | undefined) {
    this.#choose = choose;
    const title = h("h3", {}, RUNGS[key].name);
    this.element = h(
      "section",
      { class: `plate hit-column rung-${key}`, "data-testid": "column", "data-rung": key, "data-stage": "waiting" },
      title,
      this.#remark,
      this.#list,
    );
    this.wait("Fetching the vectors");
  }

  wait(text: string): void {
    this.element.dataset.stage = "waiting";
    this.#remark.textContent = text;
  }

  show(nearest: Nearest, hoped: string | undefined): void {
    this.element.dataset.stage = "ready";
    this.#remark.textContent = remarkOn(nearest);
    this.#list.replaceChildren(...nearest.hits.map(({ word, score }) => this.#line(word, score, word === hoped)));
  }

  fail(message: string): void {
    this.element.dataset.stage = "failed";
    this.#remark.textContent = `It did not work: ${message}`;
    this.#list.replaceChildren();
  }

  #line(word: string, score: number, isHoped: boolean): HTMLElement {
    const bar = h("span", { class: "hit-bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", String(Math.max(0, score)));
    const parts = [h("span", { class: "hit-word" }, word), h("span", { class: "hit-score" }, score.toFixed(2)), bar];
    const choose = this.#choose;
    const line = choose
      ? h("button", { type: "button", class: "hit", "data-testid": "hit" }, ...parts)
      : h("span", { class: "hit", "data-testid": "hit" }, ...parts);
    if (choose) line.addEventListener("click", () => choose(word));
    return h("li", { class: isHoped ? "hoped" : undefined }, line);
  }
}

export class HitColumns {
  readonly #container: HTMLElement;
  readonly #choose: ((word: string) => void) | undefined;
  readonly #columns = new Map<RungKey, Column>();

  /** @param choose called with a word that was pressed; undefined: words are not to be pressed */
  constructor(container: HTMLElement, choose?: (word: string) => void) {
    this.#container = container;
    this.#choose = choose;
  }

  setRungs(rungs: readonly RungKey[]): void {
    for (const key of this.#columns.keys()) if (!rungs.includes(key)) this.#columns.delete(key);
    for (const key of rungs) if (!this.#columns.has(key)) this.#columns.set(key, new Column(key, this.#choose));
    this.#container.replaceChildren(...rungs.map((key) => (this.#columns.get(key) as Column).element));
  }

  wait(rung: RungKey, text: string): void {
    this.#columns.get(rung)?.wait(text);
  }

  show(rung: RungKey, nearest: Nearest, hoped?: string): void {
    this.#columns.get(rung)?.show(nearest, hoped);
  }

  fail(rung: RungKey, message: string): void {
    this.#columns.get(rung)?.fail(message);
  }
}
