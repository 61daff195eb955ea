// Vectors as lines of text. The files of word2vec and FastText (`.vec`) say first how many words and dimensions there are;
// GloVe's do not.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { readHeader } from "./header.ts";
import { type ReadVectors, RowStore } from "./row_store.ts";
import { countFields, type Line, NO_LINE, nextLine, parseVector, wrongLine } from "./text_line.ts";
import type { Vocabulary } from "./vocabulary.ts";

export async function readWord2vecText(feed: ByteFeed, vocabulary: Vocabulary): Promise<ReadVectors> {
  const { words, dimensions } = await readHeader(feed);
  const wanted = Math.min(words, vocabulary.limit);
  const rows = new RowStore(dimensions, feed.announces(wanted * leastBytes(dimensions)) ? wanted : 0);
  const vector = new Float32Array(dimensions);
  for (let i = 0; i < words && !vocabulary.full; i++) {
    const line = await nextLine(feed, i + 2);
    if (line) addLine(line, vector, rows, vocabulary);
    else if (feed.isShort) throw feed.endedEarly();
    else throw new KinvecError("MODEL_FORMAT", `the file has ${i} of ${words} words`, { at: feed.position });
  }
  return { rows, dimensions };
}

export async function readGlove(feed: ByteFeed, vocabulary: Vocabulary): Promise<ReadVectors> {
  const first = (await nextLine(feed, 1)) ?? NO_LINE;
  const dimensions = Math.max(1, countFields(first.bytes) - 1);
  // The limit is believed to be reached if it can be.
  const isKnown = vocabulary.limit * leastBytes(dimensions) <= (feed.left ?? 0);
  const rows = new RowStore(dimensions, isKnown ? vocabulary.limit : 0);
  const vector = new Float32Array(dimensions);
  for (let line: Line | undefined = first; line; line = await nextLine(feed, line.number + 1)) {
    addLine(line, vector, rows, vocabulary);
    if (vocabulary.full) return { rows, dimensions };
  }
  if (feed.isShort) throw feed.endedEarly();
  return { rows, dimensions };
}

function addLine(line: Line, vector: Float32Array, rows: RowStore, vocabulary: Vocabulary): void {
  const end = parseVector(line.bytes, vector);
  if (end === -1) throw wrongLine(line, `a word and ${vector.length} numbers`);
  if (vocabulary.add(line.bytes.subarray(0, end), line.at, line.number)) rows.add(vector);
}

/** Of a line: a digit for each number, and what stands before it. */
function leastBytes(dimensions: number): number {
  return 2 * dimensions;
}
