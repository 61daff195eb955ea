// FastText's sub-words: the character n-grams of a word, hashed into buckets ("Enriching Word Vectors with Subword
// Information", Bojanowski et al., 2017). It knows nothing of vectors.
import { checkInteger, checkOptions, invalid, typeName } from "../../arguments.ts";

/** Which n-grams of a word have vectors, and of how many rows they share. */
export interface SubwordSettings {
  /** Characters of the shortest n-gram, 0 or more. `<` and `>` around the word count as characters. */
  minn: number;
  /** Characters of the longest. */
  maxn: number;
  /** Rows that n-grams share by their hash, at least 1. */
  buckets: number;
  /** Of a file that was pruned: the buckets that still have a row, and which row behind those of the words. */
  kept?: ReadonlyMap<number, number> | undefined;
}

/** The end of a line, which FastText takes for a word without sub-words. */
export const END_OF_LINE = "</s>";

/** The most characters that an n-gram may have. */
export const MOST_NGRAM = 100;

const kMostBuckets = 2 ** 31 - 1;
const kHashStart = 0x811c9dc5;
const kHashPrime = 0x01000193;
const encoder = new TextEncoder();

export function checkSubwords(settings: SubwordSettings): SubwordSettings {
  const { minn, maxn, buckets, kept } = checkOptions(settings, "subwords");
  checkInteger(minn ?? Number.NaN, "subwords.minn", 0, MOST_NGRAM);
  checkInteger(maxn ?? Number.NaN, "subwords.maxn", minn, MOST_NGRAM);
  checkInteger(buckets ?? Number.NaN, "subwords.buckets", 1, kMostBuckets);
  if (kept !== undefined) checkKept(kept, buckets);
  return { minn, maxn, buckets, ...(kept && { kept }) };
}

function checkKept(kept: ReadonlyMap<number, number>, buckets: number): void {
  if (typeof kept?.get !== "function") throw invalid(`subwords.kept must be a Map, not ${typeName(kept)}`);
  const rows = new Set<number>();
  for (const [bucket, row] of kept) {
    checkInteger(bucket ?? Number.NaN, "subwords.kept has a bucket that", 0, buckets - 1);
    checkInteger(row ?? Number.NaN, `subwords.kept of bucket ${bucket}`, 0, kept.size - 1);
    if (rows.has(row)) throw invalid(`subwords.kept has row ${row} twice`);
    rows.add(row);
  }
}

/** Rows of n-grams behind those of the words. */
export function subwordRowCount(settings: SubwordSettings | undefined): number {
  return settings?.kept?.size ?? settings?.buckets ?? 0;
}

/** The rows of a word's n-grams, counted from the first behind the words', in the order of the reference. */
export function subwordRows(word: string, { minn, maxn, buckets, kept }: SubwordSettings): number[] {
  const rows: number[] = [];
  if (word === END_OF_LINE) return rows;
  const bytes = encoder.encode(`<${word}>`);
  for (let start = 0; start < bytes.length; start++) {
    if (isContinuation(bytes[start])) continue;
    let hash = kHashStart;
    let end = start;
    for (let n = 1; n <= maxn && end < bytes.length; n++) {
      do hash = hashStep(hash, bytes[end++] as number);
      while (isContinuation(bytes[end]));
      // "<" and ">" alone say nothing.
      if (n < minn || (n === 1 && (start === 0 || end === bytes.length))) continue;
      const bucket = (hash >>> 0) % buckets;
      const row = kept ? kept.get(bucket) : bucket;
      if (row !== undefined) rows.push(row);
    }
  }
  return rows;
}

/** FastText's hash of a word, 32 bits without sign. */
export function hashOf(bytes: Uint8Array): number {
  let hash = kHashStart;
  for (const byte of bytes) hash = hashStep(hash, byte);
  return hash >>> 0;
}

/** FNV-1a, but for bytes from 128 on, whose sign is extended: the reference's first models were made so. */
function hashStep(hash: number, byte: number): number {
  return Math.imul(hash ^ ((byte << 24) >> 24), kHashPrime);
}

/** Whether the byte is in the middle of a character of UTF-8. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
