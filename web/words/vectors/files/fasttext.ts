// Word vectors out of a FastText file, `.bin` or `.ftz`. Only what is kept of the words is held; the n-grams' rows all are.
import type { ByteFeed } from "../../../source/byte_feed.ts";
import type { OutputLayer } from "../output_layer.ts";
import { type FastTextSettings, readDictionary, readSettings, subwordsOf } from "./fasttext_header.ts";
import { checkShape, readFlag, readQuantizedMatrix } from "./fasttext_matrix.ts";
import { type ReadVectors, RowStore } from "./row_store.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Rows one behind the other that are all kept, or none of them. */
interface Run {
  kept: boolean;
  count: number;
}

export async function readFastText(feed: ByteFeed, vocabulary: Vocabulary, keepsOutput: boolean): Promise<ReadVectors> {
  const settings = await readSettings(feed);
  const { dimensions } = settings;
  const wordRuns: Run[] = [];
  const counts: number[] = []; // of the words that are kept
  const dictionary = await readDictionary(feed, settings, {
    word: (bytes, at) => extend(wordRuns, vocabulary.add(bytes, at)),
    counted(count) {
      if (wordRuns.at(-1)?.kept) counts.push(Math.min(Math.max(0, count), Number.MAX_SAFE_INTEGER));
    },
    label: () => {},
  });
  const subwords = subwordsOf(settings, dictionary);
  const { words, bucketRows } = dictionary;
  // Rows of buckets that are of n-grams of words stand between those of the words and the output layer.
  const runs = [...wordRuns, { kept: subwords !== undefined, count: subwords || keepsOutput ? bucketRows : 0 }];
  const count = words + bucketRows;
  const keptRows = vocabulary.words.length + (subwords ? bucketRows : 0);
  const rows = (await readFlag(feed))
    ? await quantizedRows(feed, count, dimensions, runs)
    : await denseRows(feed, count, dimensions, keptRows, runs);
  const output = keepsOutput ? await readOutput(feed, settings, words, wordRuns, counts) : undefined;
  return { rows, dimensions, subwords, output };
}

/** Undefined where it is none by which word vectors can be trained on, or has learnt nothing. */
async function readOutput(
  feed: ByteFeed,
  { model, loss, dimensions }: FastTextSettings,
  words: number,
  runs: readonly Run[],
  counts: readonly number[],
): Promise<OutputLayer | undefined> {
  if (model === "supervised" || loss !== "negative sampling" || (await readFlag(feed))) return undefined;
  const rows = (await denseRows(feed, words, dimensions, counts.length, runs)).finish();
  if (rows.every((value) => value === 0)) return undefined;
  const architecture = model === "cbow" ? "cbow" : "skipgram";
  return { architecture, counts: Float64Array.from(counts), rows };
}

function extend(runs: Run[], kept: boolean): void {
  const last = runs.at(-1);
  if (last?.kept === kept) last.count++;
  else runs.push({ kept, count: 1 });
}

async function denseRows(
  feed: ByteFeed,
  count: number,
  dimensions: number,
  keptRows: number,
  runs: readonly Run[],
): Promise<RowStore> {
  await checkShape(feed, count, dimensions);
  const rows = new RowStore(dimensions, feed.announces(4 * count * dimensions) ? keptRows : 0);
  for (const run of runs) {
    if (run.kept) await rows.read(feed, run.count);
    else await feed.skip(4 * run.count * dimensions);
  }
  return rows;
}

async function quantizedRows(
  feed: ByteFeed,
  count: number,
  dimensions: number,
  runs: readonly Run[],
): Promise<RowStore> {
  const matrix = await readQuantizedMatrix(feed, count, dimensions);
  const rows = new RowStore(dimensions, 0);
  let row = 0;
  for (const run of runs) {
    for (const end = row + run.count; row < end; row++) {
      if (!run.kept) continue;
      const vector = new Float32Array(dimensions);
      matrix.addRow(vector, row);
      rows.add(vector);
    }
  }
  return rows;
}
