// Makes profile files by the words of docs/profile_file.md, apart from the package's writer.

import { crc32 } from "./crc32.mjs";

const number = (bytes, write) => {
  const buffer = Buffer.alloc(bytes);
  write(buffer);
  return buffer;
};
const u8 = (value) => Buffer.of(value);
const u16 = (value) => number(2, (buffer) => buffer.writeUInt16LE(value));
const u32 = (value) => number(4, (buffer) => buffer.writeUInt32LE(value));
const f64 = (value) => number(8, (buffer) => buffer.writeDoubleLE(value));

export const kinds = ["view", "click", "like", "save", "dislike", "hide"];

function name(value) {
  if (typeof value === "number") return Buffer.concat([u8(0), f64(value)]);
  const alone = !value.isWellFormed();
  const bytes = Buffer.from(value, alone ? "utf16le" : "utf8");
  return Buffer.concat([u8(alone ? 2 : 1), u16(bytes.length), bytes]);
}

function event({ kind, at, item, text, fingerprint, vector }) {
  if (kind !== "describe") return Buffer.concat([u8(kinds.indexOf(kind)), f64(at), name(item)]);
  const described = Buffer.from(Int8Array.from(vector).buffer);
  return Buffer.concat([u8(6), f64(at), name(text), name(fingerprint), u32(vector.length), described]);
}

/** @param {{ seed: number, halfLifeDays: number, maxBytes: number, version?: number, events: object[] }} profile */
export function profileFile({ seed, halfLifeDays, maxBytes, version = 1, events }) {
  const head = [Buffer.from("KINVECPR"), u32(version), u32(seed), f64(halfLifeDays), u32(maxBytes), u32(events.length)];
  return sealed(Buffer.concat([...head, ...events.map(event), u32(0)]));
}

/** With the checksum that the bytes should have. */
export function sealed(bytes) {
  const copy = Uint8Array.from(bytes);
  new DataView(copy.buffer).setUint32(copy.length - 4, crc32(copy.subarray(0, -4)), true);
  return copy;
}
