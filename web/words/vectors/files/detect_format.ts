// Which kind of vector file the first bytes are of.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { isGguf, refuseMistaken, SNIFF_BYTES } from "../../../source/sniff.ts";
import { isFastText } from "./fasttext_header.ts";
import { parseHeader } from "./header.ts";
import { countFields, firstLine, MOST_LINE_BYTES, parseVector } from "./text_line.ts";

/** The kinds of files that hold word vectors. */
export const VECTOR_FORMATS = ["word2vec", "word2vec-binary", "glove", "fasttext", "gguf"] as const;

/**
 * A kind of file that holds word vectors: word2vec's as text, which FastText's `.vec` files are as well, or binary; GloVe's,
 * text without a header; FastText's `.bin` or `.ftz`; or this package's own, a GGUF file with 8 or 4 bits a number.
 */
export type VectorFormat = (typeof VECTOR_FORMATS)[number];

const kUsualBytes = 1 << 16;
const kNewline = 0x0a;
const kTab = 0x09;
const kGzip = [0x1f, 0x8b];
const kZip = [0x50, 0x4b, 0x03, 0x04];

/** Looks at what comes next without taking it. Throws MODEL_FORMAT, or FETCH_FAILED where something else has come. */
export async function detectFormat(feed: ByteFeed, name: string): Promise<VectorFormat> {
  const head = await firstLines(feed);
  if (isFastText(head)) return "fasttext";
  if (isGguf(head.subarray(0, SNIFF_BYTES))) return "gguf";
  const line = firstLine(head);
  const header = parseHeader(line);
  if (header) {
    const isText = header.words === 0 || isTextOf(firstLine(head.subarray(endOfLine(head) + 1)), header.dimensions);
    return isText ? "word2vec" : "word2vec-binary";
  }
  const numbers = countFields(line) - 1;
  if (numbers > 0 && parseVector(line, new Float32Array(numbers)) !== -1) return "glove";
  if (startsWith(head, kGzip) || startsWith(head, kZip)) {
    const how = 'through new DecompressionStream("gzip"), for example';
    throw new KinvecError("MODEL_FORMAT", `the file is compressed; unpack it first, ${how}`, { at: 0 });
  }
  refuseMistaken(head.subarray(0, SNIFF_BYTES), name, "word vectors");
  throw new KinvecError("MODEL_FORMAT", "these are no word vectors of word2vec, GloVe or FastText", { at: 0 });
}

/** What two lines are sure to be in: a header's and that of a vector, or as much of binary ones. */
async function firstLines(feed: ByteFeed): Promise<Uint8Array> {
  const head = await feed.peek(kUsualBytes);
  const second = head.subarray(endOfLine(head) + 1);
  return endOfLine(second) < second.byteLength ? head : feed.peek(2 * MOST_LINE_BYTES);
}

function endOfLine(bytes: Uint8Array): number {
  const newline = bytes.indexOf(kNewline);
  return newline === -1 ? bytes.byteLength : newline;
}

/** Whether it is a word and so many numbers, or was one: numbers in binary have bytes that are no characters. */
function isTextOf(line: Uint8Array, dimensions: number): boolean {
  if (parseVector(line, new Float32Array(dimensions)) !== -1) return true;
  return countFields(line) === dimensions + 1 && line.every((byte) => byte >= 0x20 || byte === kTab);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}
