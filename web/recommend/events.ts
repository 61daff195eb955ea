// What a profile remembers, and its checks at the door.
import { checkWord, invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import {
  checkVector,
  type EmbeddedVectors,
  type IndexVector,
  type ItemId,
  isEmbedded,
  onlyVector,
} from "../search/index_vectors.ts";

/** What a person may do with an item, in the order of the file's numbers. The last two speak against it. */
export const EVENT_KINDS = ["view", "click", "like", "save", "dislike", "hide"] as const;

/** What a person did with an item. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Something a person did with an item. */
export interface ItemEvent {
  /** Names the event within this profile, as long as it is in memory; it is not saved. */
  readonly id: number;
  readonly kind: EventKind;
  readonly item: ItemId;
  /** When: milliseconds since 1970, as `Date.now()`. */
  readonly at: number;
}

/** A sentence that a person said about themselves. */
export interface Description {
  readonly id: number;
  readonly kind: "describe";
  readonly text: string;
  readonly at: number;
}

/** One entry of a profile. */
export type ProfileEvent = ItemEvent | Description;

/** What `record` takes. */
export interface NewEvent {
  /** Id of the item in the index. It need not be there (any more): such an event waits until it is. */
  item: ItemId;
  kind: EventKind;
  /** When: milliseconds since 1970 or a Date; default: now. */
  at?: number | Date | undefined;
}

/** What `edit` may change. */
export type EventChange = Partial<Pick<NewEvent, "kind" | "at">>;

/** A described vector as it is kept: 8 bits per dimension, which is ample for a cosine. */
export interface PackedVector {
  values: Int8Array; // [dimensions]
  /** Of the model that made it; empty if not known. */
  fingerprint: string;
}

export function checkItem(item: unknown): ItemId {
  if (typeof item === "string" || (typeof item === "number" && !Number.isNaN(item))) return item;
  throw invalid(`item must be a string or number, not ${typeof item === "number" ? item : typeName(item)}`);
}

export function checkKind(kind: unknown): EventKind {
  if (kind === undefined) throw invalid(`kind must be one of ${JSON.stringify(EVENT_KINDS)}, not undefined`);
  checkWord(kind as EventKind, "kind", EVENT_KINDS);
  return kind as EventKind;
}

// The range of Date.
const kLatest = 8.64e15;

/** A time in whole milliseconds; now if none is given. */
export function checkTime(at: unknown, name = "at"): number {
  if (at === undefined) return Date.now();
  const isDate = Object.prototype.toString.call(at) === "[object Date]";
  if (typeof at !== "number" && !isDate) throw invalid(`${name} must be a number or Date, not ${typeName(at)}`);
  const time = Math.round(Number(at));
  if (!(Math.abs(time) <= kLatest)) throw invalid(`${name} is no time: ${Number(at)}`);
  return time;
}

/** Packs a vector that is given plainly or as what `embed` answers. */
export function packVector(given: IndexVector | EmbeddedVectors): PackedVector {
  const vector = isEmbedded(given) ? onlyVector(given) : given;
  if (!isA(vector, "Float32Array") && !Array.isArray(vector)) {
    throw invalid(`vector must be a Float32Array, an array of numbers or what embed answers, not ${typeName(vector)}`);
  }
  if (vector.length === 0) throw new KinvecError("DIMENSION_MISMATCH", "vector has no dimensions");
  checkVector(vector, vector.length, "vector");
  let largest = 0;
  for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i] as number));
  if (largest === 0) throw invalid("vector is zero in all dimensions");
  const values = Int8Array.from(vector as ArrayLike<number>, (value) => Math.round((value / largest) * 127));
  return { values, fingerprint: (isEmbedded(given) && given.fingerprint) || "" };
}
