// Which item is in which row of an index.
import type { ItemId } from "./index_vectors.ts";

export class ItemIds {
  #ids: ItemId[]; // by row
  #rowOf: Map<ItemId, number>;

  /** Takes the ids over, none of which is there twice. */
  constructor(ids: ItemId[]) {
    this.#ids = ids;
    this.#rowOf = new Map(ids.map((id, row) => [id, row]));
  }

  /** By row. Not to be changed; later changes may be in it or not. */
  get list(): readonly ItemId[] {
    return this.#ids;
  }

  has(id: ItemId): boolean {
    return this.#rowOf.has(id);
  }

  rowOf(id: ItemId): number | undefined {
    return this.#rowOf.get(id);
  }

  /** In rows behind the others. */
  append(ids: readonly ItemId[]): void {
    for (const id of ids) {
      this.#rowOf.set(id, this.#ids.length);
      this.#ids.push(id);
    }
  }

  /** Those behind move up. */
  remove(rows: ReadonlySet<number>): void {
    this.#ids = this.#ids.filter((_, row) => !rows.has(row));
    this.#rowOf = new Map(this.#ids.map((id, row) => [id, row]));
  }

  clear(): void {
    this.#ids = [];
    this.#rowOf.clear();
  }
}
