// A profile as bytes. All numbers are little-endian:
//
//   "KINVECPR"  version u32  seed u32  halfLifeDays f64  maxBytes u32  entries u32
//   per entry, by time:  kind u8  at f64, then
//     of an item:        form u8 (0 number, 1 UTF-8, 2 UTF-16)  f64, or length u16 and bytes
//     of a description:  text: form, length, bytes  fingerprint: the same  dimensions u32  values i8 [dimensions]
//   CRC-32 of all that, u32
//
// An entry takes as many bytes whatever its neighbours are, so that a profile knows what it takes without being written.
import { KinvecError } from "../errors.ts";
import type { ItemId } from "../search/index_vectors.ts";
import { crc32 } from "./crc32.ts";
import { EVENT_KINDS, type EventKind, type PackedVector } from "./events.ts";

/** An event without its id, which is not saved: what was forgotten leaves no gap. */
export type SavedEvent =
  | { kind: EventKind; item: ItemId; at: number }
  | { kind: "describe"; text: string; at: number; vector: PackedVector };

export interface SavedProfile {
  seed: number;
  halfLifeDays: number;
  maxBytes: number;
  events: readonly SavedEvent[];
}

export const PROFILE_VERSION = 1;
const kMagic = "KINVECPR";
const kDescribe = EVENT_KINDS.length;
/** Bytes of a profile without events. */
export const EMPTY_BYTES = 32 + 4;

const kForms = { number: 0, utf8: 1, utf16: 2 } as const;
const encoder = new TextEncoder();

/** UTF-8, or where a surrogate stands alone, which UTF-8 cannot say, UTF-16. */
function stringBytes(text: string): { form: number; bytes: Uint8Array } {
  const alone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
  if (!alone) return { form: kForms.utf8, bytes: encoder.encode(text) };
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), true);
  return { form: kForms.utf16, bytes };
}

/** Bytes that one event takes in a file. */
export function bytesOf(event: SavedEvent): number {
  const head = 1 + 8;
  const ofString = (text: string) => 1 + 2 + stringBytes(text).bytes.length;
  if (event.kind === "describe") {
    return head + ofString(event.text) + ofString(event.vector.fingerprint) + 4 + event.vector.values.length;
  }
  return head + (typeof event.item === "number" ? 1 + 8 : ofString(event.item));
}

export function writeProfile({ seed, halfLifeDays, maxBytes, events }: SavedProfile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(events.reduce((sum, event) => sum + bytesOf(event), EMPTY_BYTES));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const u8 = (value: number) => view.setUint8(at++, value);
  const u32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const f64 = (value: number) => {
    view.setFloat64(at, value, true);
    at += 8;
  };
  const raw = (values: Uint8Array) => {
    bytes.set(values, at);
    at += values.length;
  };
  const string = (text: string) => {
    const { form, bytes: content } = stringBytes(text);
    u8(form);
    view.setUint16(at, content.length, true);
    at += 2;
    raw(content);
  };
  raw(encoder.encode(kMagic));
  u32(PROFILE_VERSION);
  u32(seed);
  f64(halfLifeDays);
  u32(maxBytes);
  u32(events.length);
  for (const event of events) {
    u8(event.kind === "describe" ? kDescribe : EVENT_KINDS.indexOf(event.kind));
    f64(event.at);
    if (event.kind === "describe") {
      const { fingerprint, values } = event.vector;
      string(event.text);
      string(fingerprint);
      u32(values.length);
      raw(new Uint8Array(values.buffer, values.byteOffset, values.length));
    } else if (typeof event.item === "number") {
      u8(kForms.number);
      f64(event.item);
    } else {
      string(event.item);
    }
  }
  u32(crc32(bytes.subarray(0, at)));
  return bytes;
}

/**
 * Reads what writeProfile wrote; the values are still to be checked as those of a stranger.
 *
 * @throws KinvecError MODEL_FORMAT, MODEL_VERSION, MODEL_HASH.
 */
export function readProfile(bytes: Uint8Array): SavedProfile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 4;
  let at = 0;
  const broken = (what: string) => new KinvecError("MODEL_FORMAT", `the bytes are no profile: ${what}`, { at });
  const take = (count: number) => {
    if (count > end - at) throw broken("they end too early");
    at += count;
    return at - count;
  };
  const u8 = () => view.getUint8(take(1));
  const u32 = () => view.getUint32(take(4), true);
  const f64 = () => view.getFloat64(take(8), true);
  const raw = (count: number) => {
    const start = take(count);
    return bytes.slice(start, start + count);
  };
  const stringOf = (form: number) => {
    const content = raw(view.getUint16(take(2), true));
    if (form === kForms.utf8) {
      try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
      } catch {
        throw broken("a string is not UTF-8");
      }
    }
    if (form !== kForms.utf16 || content.length % 2 !== 0) throw broken("a string of an unknown form");
    const units = new DataView(content.buffer);
    let text = "";
    for (let i = 0; i < content.length; i += 2) text += String.fromCharCode(units.getUint16(i, true));
    return text;
  };
  const eventOf = (): SavedEvent => {
    const kind = u8();
    const time = f64();
    if (kind === kDescribe) {
      const text = stringOf(u8());
      const fingerprint = stringOf(u8());
      const values = new Int8Array(raw(u32()).buffer);
      return { kind: "describe", text, at: time, vector: { values, fingerprint } };
    }
    const name = EVENT_KINDS[kind];
    if (name === undefined) throw broken("an event of an unknown kind");
    const form = u8();
    return { kind: name, item: form === kForms.number ? f64() : stringOf(form), at: time };
  };

  if (end < 0 || new TextDecoder().decode(bytes.subarray(0, kMagic.length)) !== kMagic) throw broken("another start");
  at = kMagic.length;
  const version = u32();
  if (version !== PROFILE_VERSION) {
    const message = `the profile has version ${version}; this package reads version ${PROFILE_VERSION}`;
    throw new KinvecError("MODEL_VERSION", message, { at: at - 4 });
  }
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) {
    throw new KinvecError("MODEL_HASH", "the bytes of the profile do not match their checksum: it is damaged");
  }
  const head = { seed: u32(), halfLifeDays: f64(), maxBytes: u32() };
  const count = u32();
  const events: SavedEvent[] = [];
  for (let i = 0; i < count; i++) events.push(eventOf());
  if (at !== end) throw broken("there is more behind the last event");
  return { ...head, events };
}
