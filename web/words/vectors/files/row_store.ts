// The rows of vectors as they are read. Memory for all of them is taken at once only where the file is known to hold them.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { firstBeyond } from "../finite.ts";
import type { OutputLayer } from "../output_layer.ts";
import type { SubwordSettings } from "../subwords.ts";

/** Numbers there is room for at first where nothing is known of how many will come. */
const kFirstNumbers = 1 << 16;

/** What a reader finds besides the words. */
export interface ReadVectors {
  /** Of the words that are kept, then of n-grams. */
  rows: RowStore;
  dimensions: number;
  subwords?: SubwordSettings | undefined;
  output?: OutputLayer | undefined;
}

export class RowStore {
  readonly #dimensions: number;
  #rows: Float32Array; // [capacity, dimensions]
  #count = 0;

  /** @param expected rows that are known to come; more may */
  constructor(dimensions: number, expected: number) {
    this.#dimensions = dimensions;
    this.#rows = allocateRows(expected > 0 ? expected * dimensions : kFirstNumbers);
  }

  add(row: Float32Array): void {
    this.#room(row.length).set(row);
  }

  /** Reads so many rows of 32-bit numbers. Throws as `ByteFeed.take` does, and MODEL_FORMAT where one is not finite. */
  async read(feed: ByteFeed, count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const rows = Math.min(left, Math.max(1, Math.floor(kFirstNumbers / this.#dimensions)));
      const start = feed.position;
      const numbers = this.#room(rows * this.#dimensions);
      await feed.fill(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
      checkFinite(numbers, start);
      left -= rows;
    }
  }

  /** All rows, [count, dimensions], in memory of just that size. */
  finish(): Float32Array {
    const used = this.#count * this.#dimensions;
    return used === this.#rows.length ? this.#rows : this.#rows.slice(0, used);
  }

  /** Room for so many numbers behind those that are there, of whole rows. */
  #room(numbers: number): Float32Array {
    const start = this.#count * this.#dimensions;
    const end = start + numbers;
    if (end > this.#rows.length) {
      const larger = allocateRows(Math.max(end, 2 * this.#rows.length));
      larger.set(this.#rows.subarray(0, start));
      this.#rows = larger;
    }
    this.#count += numbers / this.#dimensions;
    return this.#rows.subarray(start, end);
  }
}

/** @param start where in the file the numbers stand */
export function checkFinite(numbers: Float32Array, start: number): void {
  const at = firstBeyond(numbers);
  if (at === -1) return;
  throw new KinvecError("MODEL_FORMAT", `a vector has the value ${numbers[at]}`, { at: start + 4 * at });
}

/** Throws OUT_OF_MEMORY. */
export function allocateRows(numbers: number): Float32Array {
  try {
    return new Float32Array(numbers);
  } catch (cause) {
    throw new KinvecError("OUT_OF_MEMORY", `no memory for ${4 * numbers} bytes of vectors`, { cause });
  }
}
