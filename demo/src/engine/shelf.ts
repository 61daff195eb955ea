// The programs as the worker knows them: their vectors in an index, and their numbers in the catalogue.
import { createIndex, type FlatIndex } from "kinvec/search";
import vectorsUrl from "../../generated/vectors.bin?url";
import { fetchFile, type Program } from "../catalogue/catalogue.ts";

export interface Shelf {
  programs: readonly Program[];
  /** By the programs' identifiers. */
  index: FlatIndex;
  numberOf(id: unknown): number;
}

/** @param rows [count, dimensions], at any scale per row */
async function fillShelf(programs: readonly Program[], rows: Int8Array, dimensions: number): Promise<Shelf> {
  const index = await createIndex({ dimensions });
  const ids = programs.map(({ id }) => id);
  index.add(
    ids,
    ids.map((_, i) => unitRow(rows.subarray(i * dimensions, (i + 1) * dimensions))),
  );
  const numbers = new Map<unknown, number>(ids.map((id, number) => [id, number]));
  return { programs, index, numberOf: (id) => numbers.get(id) ?? -1 };
}

function unitRow(row: Int8Array): Float32Array {
  const length = Math.hypot(...row) || 1;
  return Float32Array.from(row, (x) => x / length);
}

export async function loadShelf(programs: readonly Program[], dimensions: number): Promise<Shelf> {
  const bytes = await (await fetchFile(vectorsUrl)).arrayBuffer();
  return fillShelf(programs, new Int8Array(bytes), dimensions);
}

/** The programs nearest to one in meaning, itself left out. */
export function similarTo({ index, programs, numberOf }: Shelf, item: number, count: number): number[] {
  const vector = index.get(programs[item]?.id ?? "");
  if (!vector) return [];
  const hits = index.search(vector, { topK: count + 1 }).map(({ id }) => numberOf(id));
  return hits.filter((other) => other !== item).slice(0, count);
}
