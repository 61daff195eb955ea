// The front of a FastText file: how the model was trained, and its dictionary. Little-endian; version 12 is the one that
// FastText has written since 2017, 11 the one before.
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { MOST_NGRAM, type SubwordSettings } from "../subwords.ts";
import { checkSizes } from "./header.ts";
import { takeWord } from "./vocabulary.ts";

export const FASTTEXT_MAGIC = 793712314;
export const FASTTEXT_VERSION = 12;

/** Models and losses by their numbers, from 1. */
export const FASTTEXT_MODELS = ["cbow", "skip-gram", "supervised"] as const;
export const FASTTEXT_LOSSES = ["hierarchical softmax", "negative sampling", "softmax", "one-vs-all"] as const;

export type FastTextLoss = (typeof FASTTEXT_LOSSES)[number];

export interface FastTextSettings {
  model: (typeof FASTTEXT_MODELS)[number];
  loss: FastTextLoss;
  dimensions: number;
  /** Words of the longest word n-gram. */
  wordNgrams: number;
  buckets: number;
  /** Characters of the shortest and the longest n-gram; `maxn` 0: none. */
  minn: number;
  maxn: number;
}

/** What a dictionary says besides its entries. */
export interface FastTextDictionary {
  words: number;
  labels: number;
  /** Rows of the input matrix behind those of the words. */
  bucketRows: number;
  /** Of a file that was pruned: the row behind those of the words, by bucket. */
  kept: Map<number, number> | undefined;
}

/** What is done with the entries of a dictionary as they are read; the bytes of a word are valid during the call only. */
export interface DictionaryVisitor {
  word(bytes: Uint8Array, at: number, row: number): void;
  /** Of the last word: how often it occurred in the texts. */
  counted?(count: number): void;
  label(bytes: Uint8Array, at: number, count: number): void;
}

const kSettingsBytes = 12 * 4 + 8;
const kDictionaryBytes = 3 * 4 + 2 * 8;
const kEntryTail = 8 + 1; // behind the word's zero byte

export function isFastText(head: Uint8Array): boolean {
  return head.byteLength >= 4 && viewOf(head).getUint32(0, true) === FASTTEXT_MAGIC;
}

/** Throws MODEL_FORMAT, MODEL_VERSION. */
export async function readSettings(feed: ByteFeed): Promise<FastTextSettings> {
  const head = await feed.take(8);
  if (!isFastText(head)) throw wrong("this is no file of FastText", 0);
  const version = viewOf(head).getInt32(4, true);
  if (version !== FASTTEXT_VERSION && version !== FASTTEXT_VERSION - 1) {
    throw new KinvecError("MODEL_VERSION", `FastText's version ${version} is not read`, { at: 4 });
  }
  const at = feed.position;
  const view = viewOf(await feed.take(kSettingsBytes));
  const int = (index: number) => view.getInt32(4 * index, true);
  const [dimensions, wordNgrams, buckets, minn, maxn] = [int(0), int(5), int(8), int(9), int(10)];
  checkSizes(0, dimensions, at);
  const loss = FASTTEXT_LOSSES[int(6) - 1];
  const model = FASTTEXT_MODELS[int(7) - 1];
  if (!model || !loss) throw wrong(`there is no model ${int(7)} with loss ${int(6)}`, at + 24);
  if (buckets < 0) throw wrong(`${buckets} buckets`, at + 32);
  if (minn < 0 || maxn > MOST_NGRAM) throw wrong(`n-grams of ${minn} to ${maxn} characters`, at + 36);
  // Supervised models did not have n-grams of characters before version 12.
  const hasSubwords = version === FASTTEXT_VERSION || model !== "supervised";
  return { model, loss, dimensions, wordNgrams, buckets, minn, maxn: hasSubwords ? maxn : 0 };
}

/** Throws MODEL_FORMAT, and what the visitor does. */
export async function readDictionary(
  feed: ByteFeed,
  { buckets }: FastTextSettings,
  visitor: DictionaryVisitor,
): Promise<FastTextDictionary> {
  const start = feed.position;
  const view = viewOf(await feed.take(kDictionaryBytes));
  const [size, words, labels] = [view.getInt32(0, true), view.getInt32(4, true), view.getInt32(8, true)];
  const pruned = Number(view.getBigInt64(20, true)); // -1: the file was not pruned
  if (words < 0 || labels < 0 || size !== words + labels) {
    throw wrong(`a dictionary of ${size} entries cannot have ${words} words and ${labels} labels`, start);
  }
  if (pruned < -1 || pruned > buckets) throw wrong(`${pruned} of ${buckets} buckets are kept`, start + 20);
  feed.announces(size * (1 + kEntryTail));
  for (let i = 0; i < size; i++) {
    const at = feed.position;
    const bytes = await takeWord(feed, 0);
    if (i < words) visitor.word(bytes, at, i);
    const label = i < words ? undefined : new Uint8Array(bytes);
    const tail = viewOf(await feed.take(kEntryTail));
    if (tail.getInt8(8) !== (label ? 1 : 0)) throw wrong(`entry ${i} is not the ${label ? "label" : "word"} due`, at);
    const count = Number(tail.getBigInt64(0, true));
    if (label) visitor.label(label, at, count);
    else visitor.counted?.(count);
  }
  const kept = pruned === -1 ? undefined : await readKept(feed, pruned, buckets);
  return { words, labels, bucketRows: kept?.size ?? buckets, kept };
}

/** Throws MODEL_FORMAT unless the pairs number rows from 0 on, each once. */
async function readKept(feed: ByteFeed, count: number, buckets: number): Promise<Map<number, number>> {
  const kept = new Map<number, number>();
  const rows = new Set<number>();
  for (let i = 0; i < count; i++) {
    const at = feed.position;
    const view = viewOf(await feed.take(8));
    const [bucket, row] = [view.getInt32(0, true), view.getInt32(4, true)];
    if (bucket < 0 || bucket >= buckets || row < 0 || row >= count || kept.has(bucket) || rows.has(row)) {
      throw wrong(`bucket ${bucket} cannot have row ${row} of ${count}`, at);
    }
    kept.set(bucket, row);
    rows.add(row);
  }
  return kept;
}

/** How words have n-grams of characters, if they do. */
export function subwordsOf(
  { minn, maxn, buckets }: FastTextSettings,
  { kept }: FastTextDictionary,
): SubwordSettings | undefined {
  return maxn > 0 && minn <= maxn && buckets > 0 ? { minn, maxn, buckets, kept } : undefined;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function wrong(message: string, at: number): KinvecError {
  return new KinvecError("MODEL_FORMAT", message, { at });
}
