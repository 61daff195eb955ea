// Word vectors as a `.bin` file of FastText, the mirror image of fasttext_header.ts. What is not known of the training is as
// FastText has it by default, and an output layer that was not kept is zeros, each word one that occurs once.
import { ByteWriter } from "../../../convert/byte_writer.ts";
import { concatenate } from "../../../source/receive.ts";
import type { WordVectors } from "../word_vectors.ts";
import { FASTTEXT_LOSSES, FASTTEXT_MAGIC, FASTTEXT_MODELS, FASTTEXT_VERSION } from "./fasttext_header.ts";
import { batches, writeRows } from "./write_vectors.ts";

const kDefaults = { window: 5, epochs: 5, minCount: 1, negatives: 5, wordNgrams: 1, rateUpdates: 100, threshold: 1e-4 };
const kModels = { skipgram: FASTTEXT_MODELS.indexOf("skip-gram") + 1, cbow: FASTTEXT_MODELS.indexOf("cbow") + 1 };
const kLoss = FASTTEXT_LOSSES.indexOf("negative sampling") + 1;
const kPieceRows = 1 << 10;
/** Of an entry, behind the word's zero byte. */
const kTailBytes = 8 + 1;
const encoder = new TextEncoder();

export function* writeFastText(vectors: WordVectors): Generator<Uint8Array<ArrayBuffer>> {
  const { words, dimensions, subwords, output } = vectors;
  // gensim drops a word that occurs less than once, and then refuses the file: its rows are one too many.
  const counts = (output?.counts ?? new Float64Array(words.length)).map((count) => Math.max(1, count));
  yield header(vectors, counts);
  let first = 0;
  for (const batch of batches(vectors)) {
    yield entries(batch, counts.subarray(first));
    first += batch.length;
  }
  yield matrixHead(words.length + (subwords?.buckets ?? 0), dimensions);
  yield* inputRows(vectors);
  yield matrixHead(words.length, dimensions);
  if (output) yield* writeRows(output.rows);
  else for (const batch of batches(vectors)) yield new Uint8Array(4 * batch.length * dimensions);
}

/** Each word, how often it occurs, and that it is no label. */
function entries(words: readonly string[], counts: Float64Array): Uint8Array<ArrayBuffer> {
  const tails = new ByteWriter();
  for (const i of words.keys()) {
    tails.u64(counts[i] as number);
    tails.u8(0);
  }
  const bytes = tails.finish();
  return concatenate(
    words.flatMap((word, i) => [encoder.encode(`${word}\0`), bytes.subarray(i * kTailBytes, (i + 1) * kTailBytes)]),
  );
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

function header({ words, dimensions, subwords, output }: WordVectors, counts: Float64Array): Uint8Array<ArrayBuffer> {
  const { minn, maxn, buckets } = subwords ?? { minn: 0, maxn: 0, buckets: 0 };
  const { window, epochs, minCount, negatives, wordNgrams, rateUpdates, threshold } = kDefaults;
  const writer = new ByteWriter();
  const model = kModels[output?.architecture ?? "skipgram"];
  const settings = [dimensions, window, epochs, minCount, negatives, wordNgrams, kLoss, model, buckets, minn, maxn];
  for (const value of [FASTTEXT_MAGIC, FASTTEXT_VERSION, ...settings, rateUpdates]) writer.u32(value);
  writer.number("f64", threshold);
  const labels = 0;
  for (const value of [words.length, words.length, labels]) writer.u32(value);
  writer.u64(counts.reduce((sum, count) => sum + count, 0)); // words in the text that was trained on
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
