// Which rows a search may find: one bit each, from the lowest of a byte on, as the engine reads them.
import { invalid, typeName } from "../arguments.ts";
import type { ItemId } from "./index_vectors.ts";

export interface RowMask {
  /** [ceil(rows / 8)] */
  bits: Uint8Array;
  /** How many rows may be found. */
  count: number;
}

/** Asks `filter` about each item, in the order of rows. */
export function maskOf(ids: readonly ItemId[], filter: (id: ItemId) => boolean): RowMask {
  const bits = new Uint8Array(Math.ceil(ids.length / 8));
  let count = 0;
  for (const [row, id] of ids.entries()) {
    const allowed: unknown = filter(id);
    // Not taken for true or false: a promise would always be true.
    if (typeof allowed !== "boolean") {
      throw invalid(`options.filter must answer true or false, not ${typeName(allowed)}`);
    }
    if (!allowed) continue;
    bits[row >> 3] = (bits[row >> 3] as number) | (1 << (row & 7));
    count++;
  }
  return { bits, count };
}
