// How a collection lies in a file, byte for byte; docs/collection_file.md says it in words. All numbers are little-endian.
import { KinvecError } from "../../../errors.ts";
import { MOST_K1 } from "../../words/bm25.ts";

/** The first bytes of every file. */
export const MAGIC = "KINVECCO";
const kVersion = 1;

/** What the header says. */
export interface CollectionHeader {
  items: number;
  /** Of the Bm25. */
  k1: number;
  b: number;
  /** Whether its terms are the caller's. */
  ownTerms: boolean;
}

/** Bytes of the header, its checksum not counted. */
export const HEADER_BYTES = 40;
export const CHECKSUM_BYTES = 4;

/** Behind the header come blocks of items until there are all: length (u32), bytes, checksum. Then the index file. */
export const BLOCK_HEAD_BYTES = 4;

const place = { version: 8, items: 12, k1: 16, b: 24, ownTerms: 32, reserved: 36 };

export function headerBytes({ items, k1, b, ownTerms }: CollectionHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  bytes.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(bytes.buffer);
  view.setUint32(place.version, kVersion, true);
  view.setUint32(place.items, items, true);
  view.setFloat64(place.k1, k1, true);
  view.setFloat64(place.b, b, true);
  view.setUint32(place.ownTerms, Number(ownTerms), true);
  return bytes;
}

/** Reads a header whose first bytes are MAGIC. Throws MODEL_VERSION, or MODEL_FORMAT for what is never written. */
export function parseHeader(bytes: Uint8Array): CollectionHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = view.getUint32(place.version, true);
  if (version !== kVersion) {
    const message = `the collection file has version ${version}; this package reads version ${kVersion}`;
    throw new KinvecError("MODEL_VERSION", message, { at: place.version });
  }
  const ownTerms = view.getUint32(place.ownTerms, true);
  const fail = (at: number) => new KinvecError("MODEL_FORMAT", "the header is none that a collection writes", { at });
  if (ownTerms > 1) throw fail(place.ownTerms);
  if (view.getUint32(place.reserved, true) !== 0) throw fail(place.reserved);
  const k1 = view.getFloat64(place.k1, true);
  const b = view.getFloat64(place.b, true);
  if (!(k1 >= 0 && k1 <= MOST_K1)) throw fail(place.k1);
  if (!(b >= 0 && b <= 1)) throw fail(place.b);
  return { items: view.getUint32(place.items, true), k1, b, ownTerms: ownTerms === 1 };
}
