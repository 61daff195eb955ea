// What events say by the words of their items: Rocchio's mean of them, of which every event's part is kept.
import type { ItemWords } from "./item_words.ts";
import { PARTS, WORDS_TRUST } from "./settings.ts";

/** An event that counts so much. A sentence is of no item, and says nothing by words. */
export interface WordMemory {
  weight: number;
  /** Of its item in the catalogue. */
  row: number | undefined;
}

/** What one event has of a term. */
interface Part {
  memory: number;
  value: number;
}

export class WordTaste<M extends WordMemory> {
  /** What each term counts for an item that has it. [n_terms] */
  readonly looked: Float64Array;
  readonly #items: ItemWords;
  readonly #memories: readonly M[];
  readonly #parts = new Map<number, Part[]>(); // by term
  readonly #own: ReadonlySet<number | undefined>; // rows of the events' items

  constructor(memories: readonly M[], items: ItemWords) {
    this.#items = items;
    this.#memories = memories;
    this.#own = new Set(memories.map(({ row }) => row));
    this.looked = new Float64Array(items.size);
    const total = memories.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    const scale = PARTS.words / (WORDS_TRUST + total);
    for (const [memory, { row, weight }] of memories.entries()) {
      if (row === undefined) continue;
      const { terms, values } = items.row(row);
      for (const [i, term] of terms.entries()) {
        const value = scale * weight * (values[i] as number);
        this.looked[term] = (this.looked[term] as number) + value;
        const parts = this.#parts.get(term);
        if (parts) parts.push({ memory, value });
        else this.#parts.set(term, [{ memory, value }]);
      }
    }
  }

  /** Of an item. */
  score(row: number): number {
    if (this.#own.has(row)) return this.#shares(row).reduce((sum, share) => sum + share, 0);
    return this.#items.product(row, this.looked);
  }

  /** What each event has in the score of an item. The item's own events have nothing: they say nothing new. */
  shares(row: number): Map<M, number> {
    const shares = this.#shares(row);
    return new Map(this.#memories.flatMap((memory, i) => (shares[i] === 0 ? [] : [[memory, shares[i] as number]])));
  }

  /** [n_memories] */
  #shares(row: number): Float64Array {
    const shares = new Float64Array(this.#memories.length);
    const { terms, values } = this.#items.row(row);
    for (const [i, term] of terms.entries()) {
      for (const { memory, value } of this.#parts.get(term) ?? []) {
        shares[memory] = (shares[memory] as number) + value * (values[i] as number);
      }
    }
    for (const [i, memory] of this.#memories.entries()) if (memory.row === row) shares[i] = 0;
    return shares;
  }
}
