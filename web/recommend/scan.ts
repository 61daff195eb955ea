// The scan of the whole catalogue for the items that are worth to be scored exactly.
import type { ItemId } from "../search/index_vectors.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Vector } from "./vectors.ts";

/** What is looked for: an item scores its highest product with a probe, and `fade` times its popularity. */
export interface Search {
  probes: readonly Vector[]; // [n_probes][dimensions]
  fade: number;
}

/** The rows of about the best `count` items that are allowed, by scores that may come from smaller copies. */
export function bestRows(
  catalogue: Catalogue,
  { probes, fade }: Search,
  count: number,
  allowed: (id: ItemId) => boolean,
): number[] {
  const { ids, inverseLengths, popularity } = catalogue;
  const products = catalogue.products(probes);
  const best = new BestRows(count);
  for (let row = 0; row < ids.length; row++) {
    let highest = -Infinity;
    for (const { scores, offset } of products) highest = Math.max(highest, (scores[row] as number) - offset);
    const score = highest * (inverseLengths[row] as number) + fade * (popularity[row] as number);
    if (score > best.least && allowed(ids[row] as ItemId)) best.add(row, score);
  }
  return best.rows();
}

/** The highest of many scores, by a heap with the least of them on top. */
class BestRows {
  /** What a score must exceed to be kept. */
  least = -Infinity;
  readonly #count: number;
  readonly #heap: { row: number; score: number }[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  add(row: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#count) {
      heap.push({ row, score });
      this.#rise(heap.length - 1);
    } else {
      heap[0] = { row, score };
      this.#sink();
    }
    if (heap.length === this.#count) this.least = this.#score(0);
  }

  /** In the order of the catalogue. */
  rows(): number[] {
    return this.#heap.map(({ row }) => row).sort((a, b) => a - b);
  }

  #score(at: number): number {
    return this.#heap[at]?.score ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as (typeof heap)[number], heap[a] as (typeof heap)[number]];
  }

  #rise(at: number): void {
    for (let parent = (at - 1) >> 1; at > 0 && this.#score(at) < this.#score(parent); parent = (at - 1) >> 1) {
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = this.#score(right) < this.#score(left) ? right : left;
      if (!(this.#score(child) < this.#score(at))) return;
      this.#swap(at, child);
      at = child;
    }
  }
}
