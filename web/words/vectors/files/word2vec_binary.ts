// The binary files of word2vec: a line of text that says how many words and dimensions there are, then each word, a space
// and its numbers, 32-bit little-endian. The original tool ends each with a line end, gensim does not.
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { readHeader } from "./header.ts";
import { type ReadVectors, RowStore } from "./row_store.ts";
import { takeWord, type Vocabulary } from "./vocabulary.ts";

const kSpace = 0x20;
const kNewline = 0x0a;

export async function readWord2vecBinary(feed: ByteFeed, vocabulary: Vocabulary): Promise<ReadVectors> {
  const { words, dimensions } = await readHeader(feed);
  const wanted = Math.min(words, vocabulary.limit);
  const rows = new RowStore(dimensions, feed.announces(wanted * (1 + 4 * dimensions)) ? wanted : 0);
  for (let i = 0; i < words && !vocabulary.full; i++) {
    const at = feed.position;
    const bytes = await takeWord(feed, kSpace);
    const start = bytes[0] === kNewline ? 1 : 0;
    if (vocabulary.add(bytes.subarray(start), at + start)) await rows.read(feed, 1);
    else await feed.skip(4 * dimensions);
  }
  return { rows, dimensions };
}
