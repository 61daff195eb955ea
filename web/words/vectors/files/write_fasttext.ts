// Word vectors as a `.bin` file of FastText, the mirror image of fasttext_header.ts. What is not known of the training is as
// FastText has it by default, and the output layer, which only training would need, is zeros.
import { ByteWriter } from "../../../convert/byte_writer.ts";
import { concatenate } from "../../../source/receive.ts";
import type { WordVectors } from "../word_vectors.ts";
import { FASTTEXT_LOSSES, FASTTEXT_MAGIC, FASTTEXT_MODELS, FASTTEXT_VERSION } from "./fasttext_header.ts";
import { batches, writeRows } from "./write_vectors.ts";

const kDefaults = { window: 5, epochs: 5, minCount: 1, negatives: 5, wordNgrams: 1, rateUpdates: 100, threshold: 1e-4 };
const kModel = FASTTEXT_MODELS.indexOf("skip-gram") + 1;
const kLoss = FASTTEXT_LOSSES.indexOf("negative sampling") + 1;
const kPieceRows = 1 << 10;
/** Behind each word: that it occurs once, 64-bit, and that it is no label. */
const kEntryTail = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0);

export function* writeFastText(vectors: WordVectors): Generator<Uint8Array<ArrayBuffer>> {
  const { words, dimensions, subwords } = vectors;
  yield header(vectors);
  const encoder = new TextEncoder();
  for (const batch of batches(vectors)) {
    yield concatenate(batch.flatMap((word) => [encoder.encode(`${word}\0`), kEntryTail]));
  }
  yield matrixHead(words.length + (subwords?.buckets ?? 0), dimensions);
  yield* inputRows(vectors);
  yield matrixHead(words.length, dimensions);
  for (const batch of batches(vectors)) yield new Uint8Array(4 * batch.length * dimensions);
}

/** FastText wants a row for every bucket; one that has none is zeros. */
function* inputRows({ words, dimensions, subwords, rows }: WordVectors): Generator<Uint8Array<ArrayBuffer>> {
  if (!subwords?.kept) return yield* writeRows(rows);
  const { kept, buckets } = subwords;
  const behindWords = rows.subarray(words.length * dimensions);
  yield* writeRows(rows.subarray(0, words.length * dimensions));
  for (let first = 0; first < buckets; first += kPieceRows) {
    const piece = new Float32Array(Math.min(kPieceRows, buckets - first) * dimensions);
    for (let bucket = first; bucket < Math.min(first + kPieceRows, buckets); bucket++) {
      const row = kept.get(bucket);
      if (row === undefined) continue;
      piece.set(behindWords.subarray(row * dimensions, (row + 1) * dimensions), (bucket - first) * dimensions);
    }
    yield new Uint8Array(piece.buffer);
  }
}

function header({ words, dimensions, subwords }: WordVectors): Uint8Array<ArrayBuffer> {
  const { minn, maxn, buckets } = subwords ?? { minn: 0, maxn: 0, buckets: 0 };
  const { window, epochs, minCount, negatives, wordNgrams, rateUpdates, threshold } = kDefaults;
  const writer = new ByteWriter();
  const settings = [dimensions, window, epochs, minCount, negatives, wordNgrams, kLoss, kModel, buckets, minn, maxn];
  for (const value of [FASTTEXT_MAGIC, FASTTEXT_VERSION, ...settings, rateUpdates]) writer.u32(value);
  writer.number("f64", threshold);
  const labels = 0;
  for (const value of [words.length, words.length, labels]) writer.u32(value);
  writer.u64(words.length); // words in the text that was trained on
  writer.u64(-1); // not pruned
  return writer.finish();
}

/** Whether it is quantised, which it is not, and its sizes. */
function matrixHead(rows: number, columns: number): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  writer.u8(0);
  writer.u64(rows);
  writer.u64(columns);
  return writer.finish();
}
