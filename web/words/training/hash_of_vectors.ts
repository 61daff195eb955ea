// What vectors that a training goes on from are told apart by.
import { Xxh64 } from "../../xxh64.ts";
import type { WordVectors } from "../vectors/word_vectors.ts";

/** XXH64 of words, rows and output layer, 16 hexadecimal digits. */
export function hashOfVectors({ words, rows, output }: WordVectors): string {
  const hash = new Xxh64().update(new TextEncoder().encode(words.join("\0")));
  for (const numbers of [rows, ...(output ? [output.rows, output.counts] : [])]) {
    hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  }
  return hash.digest();
}
