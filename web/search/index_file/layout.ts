// How an index lies in a file, byte for byte; docs/index_file.md says it in words. All numbers are little-endian.
import { KinvecError } from "../../errors.ts";
import { NATIVE_PRECISIONS } from "../../native/search_module.ts";
import { type IndexPrecision, type IndexSettings, MOST_DIMENSIONS } from "../index_options.ts";

/** The first bytes of every file. */
export const MAGIC = "KINVECIX";
// Files with a graph are of a version of their own, so that older readers know what they lack.
const kVersion = { plain: 1, graph: 2 };

/** What the header says. */
export interface IndexHeader extends IndexSettings {
  items: number;
  /** Whether a graph follows the rows. */
  graph: boolean;
}

/** Bytes of the header, its checksum not counted. */
export const HEADER_BYTES = 32;
export const CHECKSUM_BYTES = 8;

/** Behind the header come blocks, each of a kind, in this order: kind (u32), length (u32), bytes, checksum. */
export const BLOCK_KINDS = { fingerprint: 1, ids: 2, rows: 3, graph: 4, links: 5 } as const;
export type BlockKind = keyof typeof BLOCK_KINDS;
export const BLOCK_HEAD_BYTES = 8;

const place = { version: 8, precision: 12, dimensions: 16, items: 20, vectors: 24, reserved: 28 };

export function headerBytes({ precision, dimensions, rescore, items, graph }: IndexHeader): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES);
  for (const [i, letter] of [...MAGIC].entries()) bytes[i] = letter.charCodeAt(0);
  const view = new DataView(bytes.buffer);
  view.setUint32(place.version, graph ? kVersion.graph : kVersion.plain, true);
  view.setUint32(place.precision, NATIVE_PRECISIONS[precision], true);
  view.setUint32(place.dimensions, dimensions, true);
  view.setUint32(place.items, items, true);
  view.setUint32(place.vectors, Number(rescore), true);
  return bytes;
}

/** Reads a header whose first bytes are MAGIC. Throws MODEL_VERSION, or MODEL_FORMAT for what is never written. */
export function parseHeader(bytes: Uint8Array): IndexHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const at = (offset: number) => view.getUint32(offset, true);
  const graph = at(place.version) === kVersion.graph;
  if (!graph && at(place.version) !== kVersion.plain) {
    const message = `the index file has version ${at(place.version)}; this package reads versions 1 and 2`;
    throw new KinvecError("MODEL_VERSION", message, { at: place.version });
  }
  const fail = (offset: number) =>
    new KinvecError("MODEL_FORMAT", "the header is none that an index writes", { at: offset });
  const precisions = Object.keys(NATIVE_PRECISIONS) as IndexPrecision[];
  const precision = precisions.find((name) => NATIVE_PRECISIONS[name] === at(place.precision));
  if (precision === undefined) throw fail(place.precision);
  const dimensions = at(place.dimensions);
  if (dimensions === 0 || dimensions > MOST_DIMENSIONS[precision]) throw fail(place.dimensions);
  const vectors = at(place.vectors);
  if (vectors > 1 || (vectors === 0 && (precision === "f32" || graph))) throw fail(place.vectors);
  if (at(place.reserved) !== 0) throw fail(place.reserved);
  return { precision, dimensions, rescore: vectors === 1, items: at(place.items), graph };
}
