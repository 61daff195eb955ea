// What the numbers of vectors must be: there, finite, and of a size that a format holds.
import { invalid, typeName } from "../../arguments.ts";
import { isA } from "../../realms.ts";
import type { WordVectors } from "./word_vectors.ts";

/** Where the first number is that is not finite, or beyond `largest`; -1 if there is none. */
export function firstBeyond(numbers: Float32Array, largest = Number.MAX_VALUE): number {
  // Not `findIndex`, whose calls take eight times as long: these may be all the rows of a model.
  for (let i = 0; i < numbers.length; i++) if (!(Math.abs(numbers[i] as number) <= largest)) return i;
  return -1;
}

/**
 * Throws INVALID_ARGUMENT where a number of the vectors is not finite or beyond `largest`, or where the buffer of an array has
 * been transferred since they were made.
 */
export function checkNumbers({ rows, output }: WordVectors, name: string, largest?: number): void {
  for (const [part, numbers] of Object.entries({ rows, ...(output && { "output.rows": output.rows }) })) {
    if (!isA(numbers, "Float32Array")) {
      throw invalid(`${name}.${part} must be a Float32Array, not ${typeName(numbers)}`);
    }
    const at = firstBeyond(numbers, largest);
    if (at === -1) continue;
    const value = numbers[at] as number;
    throw invalid(
      `${name}.${part}[${at}] is ${value}, ${Number.isFinite(value) ? "too large" : "not a finite number"}`,
    );
  }
  if (output && !isA(output.counts, "Float64Array")) {
    throw invalid(`${name}.output.counts must be a Float64Array, not ${typeName(output.counts)}`);
  }
}
