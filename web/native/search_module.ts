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
  /** vector f32 [dimensions], for row `row`. */
  replace(row: number, pointer: number): Status;
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
   * `allowed` points to one bit per row that may be found, from the lowest of a byte on; 0 = all rows may.
   */
  search(pointer: number, count: number, topK: number, candidates: number, allowed: number): Status;
  /** Where the last search's hits are, [count, min(topK, rows allowed)] pairs of a row (u32) and a score (f32), best first. */
  hits(): number;
  /** queries f32 [count, dimensions], scores f32 [count, size]. */
  scoreAll(pointer: number, count: number, scores: number): Status;
  delete(): void;
}
