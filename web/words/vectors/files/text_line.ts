// A line of a vector file as text: a word and its numbers, with spaces between.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { parseNumber } from "./parse_number.ts";

/** Longer ones are none of vectors: a word and 65,536 numbers of 30 characters are shorter. */
export const MOST_LINE_BYTES = 1 << 21;
/** Of a word that is written, so that it and 65,536 numbers of 15 characters are a line. */
export const MOST_LINE_WORD_BYTES = (1 << 20) - 1;

const kNewline = 0x0a;
const kReturn = 0x0d;
const kSpace = 0x20;
const kTab = 0x09;
const kMostShown = 40; // bytes of a line in a message

export interface Line {
  /** Without its end. */
  bytes: Uint8Array;
  /** Where it starts in the file. */
  at: number;
  /** From 1. */
  number: number;
}

/** In place of the first line where there is none. */
export const NO_LINE: Line = { bytes: new Uint8Array(), at: 0, number: 1 };

/** The next line, valid until the one after it is asked for; undefined behind the last. Throws MODEL_FORMAT. */
export async function nextLine(feed: ByteFeed, number: number): Promise<Line | undefined> {
  const at = feed.position;
  const bytes = await feed.takeUpTo(MOST_LINE_BYTES, kNewline);
  if (bytes.byteLength === 0) return undefined;
  const line = { bytes: firstLine(bytes), at, number };
  if (line.bytes.byteLength === MOST_LINE_BYTES) throw wrongLine(line, `at most ${MOST_LINE_BYTES} bytes`);
  return line;
}

/** What is before the first line end, and without spaces before that. */
export function firstLine(bytes: Uint8Array): Uint8Array {
  const newline = bytes.indexOf(kNewline);
  let end = newline === -1 ? bytes.byteLength : newline;
  while (end > 0 && (isSpace(bytes[end - 1]) || bytes[end - 1] === kReturn)) end--;
  return bytes.subarray(0, end);
}

/** How many fields the bytes of a line have, with spaces between them. */
export function countFields(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.byteLength; at++) {
    if (!isSpace(bytes[at]) && (at === 0 || isSpace(bytes[at - 1]))) count++;
  }
  return count;
}

/**
 * Reads the numbers at the end of a line into `vector`; answers where the word in front of them ends, -1 if they are not so
 * many. The word may have spaces itself, or be empty.
 */
export function parseVector(bytes: Uint8Array, vector: Float32Array): number {
  let end = bytes.byteLength;
  for (let d = vector.length - 1; d >= 0; d--) {
    let start = end;
    while (start > 0 && !isSpace(bytes[start - 1])) start--;
    vector[d] = parseNumber(bytes, start, end);
    // NaN for what is no number, infinite for one that is too large.
    if (start === 0 || !Number.isFinite(vector[d])) return -1;
    end = start - 1;
    while (end > 0 && isSpace(bytes[end - 1])) end--;
  }
  return end;
}

export function wrongLine({ bytes, at, number }: Line, expected: string): KinvecError {
  const shown = new TextDecoder().decode(bytes.subarray(0, kMostShown));
  const what = bytes.byteLength > kMostShown ? `${shown}…` : shown;
  return new KinvecError("MODEL_FORMAT", `line ${number}: expected ${expected}, found ${JSON.stringify(what)}`, { at });
}

function isSpace(byte: number | undefined): boolean {
  return byte === kSpace || byte === kTab;
}
