// Word vectors out of a FastText file, `.bin` or `.ftz`. Only what is kept of the words is held; the n-grams' rows all are.
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { readDictionary, readSettings, subwordsOf } from "./fasttext_header.ts";
import { checkShape, readFlag, readQuantizedMatrix } from "./fasttext_matrix.ts";
import { type ReadVectors, RowStore } from "./row_store.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Rows one behind the other that are all kept, or none of them. */
interface Run {
  kept: boolean;
  count: number;
}

export async function readFastText(feed: ByteFeed, vocabulary: Vocabulary): Promise<ReadVectors> {
  const settings = await readSettings(feed);
  const { dimensions } = settings;
  const runs: Run[] = [];
  const dictionary = await readDictionary(feed, settings, {
    word: (bytes, at) => extend(runs, vocabulary.add(bytes, at)),
    label: () => {},
  });
  const subwords = subwordsOf(settings, dictionary);
  const { words, bucketRows } = dictionary;
  if (subwords) runs.push({ kept: true, count: bucketRows });
  const count = words + bucketRows;
  const keptRows = vocabulary.words.length + (subwords ? bucketRows : 0);
  const rows = (await readFlag(feed))
    ? await quantizedRows(feed, count, dimensions, runs)
    : await denseRows(feed, count, dimensions, keptRows, runs);
  return { rows, dimensions, subwords };
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
