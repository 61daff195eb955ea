// Word vectors as the pieces of a file, the mirror image of the readers beside it.
import { concatenate } from "../../../source/receive.ts";
import type { WordVectors } from "../word_vectors.ts";
import { shortestDecimal } from "./shortest_decimal.ts";

type Pieces = Generator<Uint8Array<ArrayBuffer>>;

/** Numbers in a piece, about. */
const kPieceNumbers = 1 << 16;
const encoder = new TextEncoder();

/** A line for each word; GloVe's files have no header. */
export function* writeText(vectors: WordVectors, hasHeader: boolean): Pieces {
  if (hasHeader) yield header(vectors);
  for (const words of batches(vectors)) {
    const lines = words.map((word) => {
      const numbers = Array.from(vectors.vector(word) as Float32Array, shortestDecimal);
      return `${word} ${numbers.join(" ")}\n`;
    });
    yield encoder.encode(lines.join(""));
  }
}

/** As gensim writes it, without a line end behind each vector. */
export function* writeBinary(vectors: WordVectors): Pieces {
  yield header(vectors);
  for (const words of batches(vectors)) {
    yield concatenate(
      words.flatMap((word) => [encoder.encode(`${word} `), bytesOf(vectors.vector(word) as Float32Array)]),
    );
  }
}

/** Lists of words whose vectors make up a piece each. */
export function* batches({ words, dimensions }: WordVectors): Generator<readonly string[]> {
  const count = Math.max(1, Math.floor(kPieceNumbers / dimensions));
  for (let first = 0; first < words.length; first += count) yield words.slice(first, first + count);
}

/** Copies of the rows' bytes. */
export function* writeRows(rows: Float32Array): Pieces {
  for (let first = 0; first < rows.length; first += kPieceNumbers) {
    yield bytesOf(rows.slice(first, first + kPieceNumbers));
  }
}

function header({ words, dimensions }: WordVectors): Uint8Array<ArrayBuffer> {
  return encoder.encode(`${words.length} ${dimensions}\n`);
}

function bytesOf(numbers: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(numbers.buffer as ArrayBuffer, numbers.byteOffset, numbers.byteLength);
}
