// One word in several sentences: a matrix of cosines for a rung whose words have one vector each, and one for the language model.
import { find, h } from "../../view/dom.ts";
import type { Senses } from "../rungs/senses.ts";

/** A, B, C ... for the sentences. */
export const letterOf = (sentence: number) => String.fromCharCode(65 + sentence);

const value = (cosine: number) => (Number.isNaN(cosine) ? "\u2013" : cosine.toFixed(2));

/** Sentences of one word are all somewhat alike: colours tell cosines from a half on apart. */
const shadeOf = (cosine: number) => Math.max(0, 2 * cosine - 1) ** 1.5;

/** @param cosines [n * n] */
function fill(table: HTMLElement, cosines: ArrayLike<number>, n: number): void {
  const numbers = Array.from({ length: n }, (_, i) => i);
  const head = numbers.map((i) => h("th", { scope: "col" }, letterOf(i)));
  const rows = numbers.map((i) => {
    const cells = numbers.map((j) => {
      const cosine = cosines[i * n + j] as number;
      const cell = h("td", { "data-testid": "cosine" }, value(cosine));
      cell.style.setProperty("--share", String(Number.isNaN(cosine) ? 0 : shadeOf(cosine)));
      return cell;
    });
    return h("tr", {}, h("th", { scope: "row" }, letterOf(i)), ...cells);
  });
  table.replaceChildren(h("thead", {}, h("tr", {}, h("td", { class: "corner" }), ...head)), h("tbody", {}, ...rows));
}

export class SensesView {
  readonly #fixed = find("senses-fixed");
  readonly #contextual = find("senses-contextual");
  readonly #layer = find<HTMLInputElement>("senses-layer");
  readonly #layerOutput = find("senses-layer-output");
  readonly #note = find("senses-note");
  readonly #container = find("senses-matrices");
  #senses: Senses | undefined;

  constructor() {
    this.#layer.addEventListener("input", () => this.#draw());
  }

  wait(text: string): void {
    this.#container.dataset.stage = "waiting";
    this.#note.textContent = text;
  }

  fail(message: string): void {
    this.#container.dataset.stage = "failed";
    this.#note.textContent = `It did not work: ${message}`;
  }

  show(senses: Senses, word: string): void {
    this.#senses = senses;
    const last = senses.layers.length - 1;
    const wasLast = this.#layer.value === this.#layer.max;
    if (last > 0) this.#layer.max = String(last);
    if (wasLast) this.#layer.value = this.#layer.max;
    const absent = senses.found.flatMap((found, i) => (found ? [] : [letterOf(i)]));
    this.#container.dataset.stage = "ready";
    this.#note.textContent = absent.length > 0 ? `\u201c${word}\u201d does not stand in ${absent.join(" and ")}.` : "";
    this.#draw();
  }

  #draw(): void {
    if (!this.#senses) return;
    const { found, layers } = this.#senses;
    const n = found.length;
    const layer = this.#layer.valueAsNumber;
    const text = layer === 0 ? "before the first layer" : `after layer ${layer}`;
    this.#layerOutput.textContent = text;
    this.#layer.setAttribute("aria-valuetext", text);
    fill(
      this.#fixed,
      Array.from({ length: n * n }, (_, k) => (found[Math.floor(k / n)] && found[k % n] ? 1 : Number.NaN)),
      n,
    );
    fill(this.#contextual, layers[layer] ?? new Float32Array(n * n).fill(Number.NaN), n);
  }
}
