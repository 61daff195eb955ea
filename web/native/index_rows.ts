// The vectors of an index in the engine, by row: vectors in, rows and scores out, errors thrown. It knows no ids.
import { KinvecError } from "../errors.ts";
import type { IndexSettings } from "../search/index_options.ts";
import type { IndexVector } from "../search/index_vectors.ts";
import type { RowMask } from "../search/row_mask.ts";
import { IndexGraph } from "./index_graph.ts";
import type { SearchInstance } from "./search_instance.ts";
import { NATIVE_PRECISIONS, type NativeFlatIndex } from "./search_module.ts";

const kRowsPerCopy = 1024;

/** How many hits of each query, of how many candidates, and of which rows if not of all. */
export interface RowSearch {
  wanted: number;
  candidates: number;
  /** For a graph; 0 looks at all rows. */
  effort: number;
  allowed?: RowMask | undefined;
}

export class IndexRows {
  readonly instance: SearchInstance;
  /** Memory of a row. */
  readonly bytesPerRow: number;
  /** Bytes of a row in a file. */
  readonly storedBytes: number;
  readonly graph: IndexGraph;
  readonly #dimensions: number;
  readonly #rows: NativeFlatIndex;

  constructor(instance: SearchInstance, { dimensions, precision, rescore }: IndexSettings) {
    this.instance = instance;
    this.#dimensions = dimensions;
    this.#rows = instance.run((native) => new native.FlatIndex(dimensions, NATIVE_PRECISIONS[precision], rescore));
    this.bytesPerRow = instance.run(() => this.#rows.bytesPerRow());
    this.storedBytes = instance.run(() => this.#rows.storedBytes());
    this.graph = new IndexGraph(instance, this.#rows);
  }

  /** Makes room for `count` more rows: adding them cannot fail for want of memory. */
  reserve(count: number): void {
    this.instance.check(() => this.#rows.reserve(count));
  }

  add(vectors: readonly IndexVector[]): void {
    const perCopy = Math.min(kRowsPerCopy, vectors.length);
    this.instance.withMemory(4 * perCopy * this.#dimensions, (pointer) => {
      // All memory is had before the first row is added.
      this.reserve(vectors.length);
      for (let start = 0; start < vectors.length; start += perCopy) {
        const part = vectors.slice(start, start + perCopy);
        this.#write(part, pointer);
        this.instance.check(() => this.#rows.add(pointer, part.length));
      }
    });
  }

  /** Puts other vectors in the places of rows. */
  replace(replacements: readonly (readonly [row: number, vector: IndexVector])[]): void {
    const perCopy = Math.min(kRowsPerCopy, replacements.length);
    this.instance.withMemory(4 * perCopy * (this.#dimensions + 1), (pointer) => {
      const rows = pointer + 4 * perCopy * this.#dimensions;
      for (let start = 0; start < replacements.length; start += perCopy) {
        const part = replacements.slice(start, start + perCopy);
        this.#write(
          part.map(([, vector]) => vector),
          pointer,
        );
        const numbers = part.map(([row]) => row);
        this.instance.run(({ HEAPU32 }) => HEAPU32.set(numbers, rows / 4));
        this.instance.check(() => this.#rows.replace(rows, pointer, part.length));
      }
    });
  }

  /** Takes out rows, given in ascending order; those behind them move up. */
  remove(rows: Uint32Array): void {
    this.instance.withMemory(rows.byteLength, (pointer) => {
      this.instance.run(({ HEAPU32 }) => HEAPU32.set(rows, pointer / 4));
      this.instance.check(() => this.#rows.remove(pointer, rows.length));
    });
  }

  clear(): void {
    this.instance.run(() => this.#rows.clear());
  }

  /**
   * For each vector, as many hits as `wanted`, best first: hit(row, score) of each. Only rows that `allowed` holds are
   * found, at least as many as wanted.
   */
  search<T>(
    vectors: readonly IndexVector[],
    { wanted, candidates, allowed, effort }: RowSearch,
    hit: (row: number, score: number) => T,
  ): T[][] {
    const maskBytes = allowed?.bits.length ?? 0;
    const queryBytes = 4 * vectors.length * this.#dimensions;
    this.instance.withMemory(queryBytes + maskBytes, (pointer) => {
      this.#write(vectors, pointer);
      const mask = allowed ? pointer + queryBytes : 0;
      if (allowed) this.instance.run(({ HEAPU8 }) => HEAPU8.set(allowed.bits, mask));
      this.instance.check(() => this.#rows.search(pointer, vectors.length, wanted, candidates, mask, effort));
    });
    return this.instance.run(({ HEAPU32, HEAPF32 }) => {
      let at = this.#rows.hits() / 4; // pairs of row and score
      const next = (): T => {
        at += 2;
        return hit(HEAPU32[at - 2] as number, HEAPF32[at - 1] as number);
      };
      return vectors.map(() => Array.from({ length: wanted }, next));
    });
  }

  /** The scores of every row with each vector, by row. */
  scoreAll(vectors: readonly IndexVector[], rows: number): Float32Array[] {
    const queryBytes = 4 * vectors.length * this.#dimensions;
    return this.instance.withMemory(queryBytes + 4 * vectors.length * rows, (pointer) => {
      const scores = pointer + queryBytes;
      this.#write(vectors, pointer);
      this.instance.check(() => this.#rows.scoreAll(pointer, vectors.length, scores));
      return this.instance.run(({ HEAPF32 }) =>
        vectors.map((_, i) => HEAPF32.slice(scores / 4 + i * rows, scores / 4 + (i + 1) * rows)),
      );
    });
  }

  /** The vector of a row, where vectors are kept. */
  vector(row: number): Float32Array {
    return this.instance.withMemory(this.storedBytes, (pointer) => {
      this.save(row, 1, pointer);
      return this.instance.run(({ HEAPF32 }) => HEAPF32.slice(pointer / 4, pointer / 4 + this.#dimensions));
    });
  }

  /** Writes rows as they are in files, to the engine's memory. */
  save(first: number, count: number, pointer: number): void {
    this.instance.run(() => this.#rows.save(first, count, pointer));
  }

  /** Appends rows that save() wrote. Throws MODEL_FORMAT with where in the file, if they begin at byte `at`. */
  restore(pointer: number, count: number, at: number): void {
    try {
      this.instance.check(() => this.#rows.restore(pointer, count));
    } catch (error) {
      if (!(error instanceof KinvecError) || error.at === undefined) throw error;
      throw new KinvecError(error.code, error.message, { at: at + error.at * this.storedBytes });
    }
  }

  /** Copies vectors into the engine's memory, end to end. */
  #write(vectors: readonly IndexVector[], pointer: number): void {
    this.instance.run(({ HEAPF32 }) => {
      for (const [i, vector] of vectors.entries()) HEAPF32.set(vector, pointer / 4 + i * this.#dimensions);
    });
  }
}
