// Ids as bytes: one record after another, in blocks of whole records. A record is a kind (u8) and a number (f64), or a
// length in bytes (u64) and a string: in UTF-8, or where a surrogate stands alone, which UTF-8 cannot say, in UTF-16.
import { ByteWriter } from "../../convert/byte_writer.ts";
import { KinvecError } from "../../errors.ts";
import type { ItemId } from "../index_vectors.ts";

const kNumber = 0;
const kUtf8 = 1;
const kUtf16 = 2;

// Records are added to a block until it has so many bytes.
const kBlockBytes = 1 << 16;

export function encodeIds(ids: readonly ItemId[]): Uint8Array<ArrayBuffer>[] {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let block = new ByteWriter();
  for (const id of ids) {
    writeId(block, id);
    if (block.length < kBlockBytes) continue;
    blocks.push(block.finish());
    block = new ByteWriter();
  }
  if (block.length > 0) blocks.push(block.finish());
  return blocks;
}

function writeId(block: ByteWriter, id: ItemId): void {
  if (typeof id === "number") {
    block.u8(kNumber);
    block.number("f64", id);
  } else if (/\p{Surrogate}/u.test(id)) {
    block.u8(kUtf16);
    block.u64(2 * id.length);
    for (let i = 0; i < id.length; i++) block.number("u16", id.charCodeAt(i));
  } else {
    block.u8(kUtf8);
    block.string(id);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The ids of one block. Throws MODEL_FORMAT. */
export function* decodeIds(block: Uint8Array): Generator<ItemId> {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  let position = 0;
  const take = (bytes: number): number => {
    if (bytes > block.byteLength - position) throw damaged("an id passes the end of its block");
    position += bytes;
    return position - bytes;
  };
  while (position < block.byteLength) {
    const kind = view.getUint8(take(1));
    if (kind === kNumber) {
      yield view.getFloat64(take(8), true);
      continue;
    }
    const length = Number(view.getBigUint64(take(8), true));
    const start = take(length);
    if (kind === kUtf8) yield decodeUtf8(block.subarray(start, start + length));
    else if (kind === kUtf16 && length % 2 === 0) yield decodeUtf16(view, start, length / 2);
    else throw damaged("an id is of an unknown kind");
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw damaged("an id is not valid UTF-8");
  }
}

function decodeUtf16(view: DataView, start: number, units: number): string {
  let text = "";
  for (let i = 0; i < units; i++) text += String.fromCharCode(view.getUint16(start + 2 * i, true));
  return text;
}

function damaged(message: string): KinvecError {
  return new KinvecError("MODEL_FORMAT", message);
}
