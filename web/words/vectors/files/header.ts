// The first line of a word2vec file: how many words and dimensions there are.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { MOST_DIMENSIONS } from "../word_vectors.ts";
import { NO_LINE, nextLine, wrongLine } from "./text_line.ts";

// In Latin-1, perhaps behind the byte order mark of UTF-8.
const kHeader = /^(?:\u00EF\u00BB\u00BF)?\s*(\d+)[ \t]+(\d+)\s*$/;
const kMostBytes = 64;
const kMostWords = 2 ** 31 - 1;

export interface VectorHeader {
  words: number;
  dimensions: number;
}

/** Takes the first line. Throws MODEL_FORMAT. */
export async function readHeader(feed: ByteFeed): Promise<VectorHeader> {
  const line = (await nextLine(feed, 1)) ?? NO_LINE;
  const header = parseHeader(line.bytes);
  if (!header) throw wrongLine(line, "how many words and dimensions there are");
  return header;
}

/** What a line says, undefined if it is no header. Throws MODEL_FORMAT for sizes that no file has. */
export function parseHeader(line: Uint8Array): VectorHeader | undefined {
  if (line.byteLength > kMostBytes) return undefined;
  const match = kHeader.exec(String.fromCharCode(...line));
  if (!match) return undefined;
  const [words, dimensions] = [Number(match[1]), Number(match[2])];
  checkSizes(words, dimensions, 0);
  return { words, dimensions };
}

/** Throws MODEL_FORMAT for sizes that no file has. */
export function checkSizes(words: number, dimensions: number, at: number): void {
  const message =
    words > kMostWords
      ? `the header says ${words} words, more than ${kMostWords}`
      : dimensions < 1 || dimensions > MOST_DIMENSIONS
        ? `the header says ${dimensions} dimensions; from 1 to ${MOST_DIMENSIONS} are read`
        : undefined;
  if (message) throw new KinvecError("MODEL_FORMAT", message, { at });
}
