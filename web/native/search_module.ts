// Types of what bindings/index_binding.cpp exposes, name for name, as in web/native/module.ts.
import type { NativeMemory, NativeProbe, Status } from "./module.ts";

export interface NativeSearchModule extends NativeMemory, NativeProbe {
  FlatIndex: new (dimensions: number, precision: number, rescore: boolean) => NativeFlatIndex;
}

export const NATIVE_PRECISIONS = { f32: 0, int8: 1, binary: 2 } as const;

export interface NativeFlatIndex {
  bytesPerRow(): number;
  /** Makes room for `count` more rows. */
  reserve(count: number): Status;
  /** vectors f32 [count, dimensions]. */
  add(pointer: number, count: number): Status;
  /** vectors f32 [count, dimensions], for rows u32 [count]. */
  replace(rows: number, vectors: number, count: number): Status;
  /** rows u32 [count], ascending; those behind them move up. */
  remove(pointer: number, count: number): Status;
  clear(): void;
  /** Bytes of a row in a file. */
  storedBytes(): number;
  /** Writes rows [first, first + count) as they are in files. */
  save(first: number, count: number, pointer: number): void;
  /** Appends rows that save() wrote. */
  restore(pointer: number, count: number): Status;
  /**
   * queries f32 [count, dimensions]; at least `candidates` rows are scored again where a smaller form is scanned.
   * `allowed` points to one bit per row that may be found, from the lowest of a byte on; 0 = all rows may. `effort` is
   * for a graph; 0 = look at all rows.
   */
  search(pointer: number, count: number, topK: number, candidates: number, allowed: number, effort: number): Status;
  /** Where the last search's hits are, [count, min(topK, rows allowed)] pairs of a row (u32) and a score (f32), best first. */
  hits(): number;
  /** queries f32 [count, dimensions], scores f32 [count, size]. */
  scoreAll(pointer: number, count: number, scores: number): Status;
  /** Begins a graph over the rows, in the place of one that was not finished. */
  beginGraph(neighbors: number, effort: number): Status;
  /** Links rows to the graph that was begun; answers how many are left, or a negative number on error. 0: it is ready. */
  linkRows(count: number): number;
  /** What the last negative answer of linkRows() or restoreLinks() stands for. */
  graphError(): Status;
  dropUnfinishedGraph(): void;
  /** Memory that the graph takes for a row, on average; 0 = there is none. */
  graphBytesPerRow(): number;
  /** These four are of the graph, which there must be. */
  levelsDrawn(): number;
  graphEntry(): number;
  /** Bytes of the links of rows [first, first + count) in a file. */
  linksBytes(first: number, count: number): number;
  saveLinks(first: number, count: number, pointer: number): void;
  /** After beginGraph(): the links of some whole rows more, as saveLinks() wrote them; answers as linkRows(). */
  restoreLinks(pointer: number, bytes: number): number;
  finishRestoringGraph(levelsDrawn: number, entry: number): Status;
  delete(): void;
}
