// Word vectors out of a GGUF file of this package. The rows are decoded as they arrive, and only those that are kept held.
import { halfToFloat } from "../../../convert/floats.ts";
import { type Metadata, TENSOR_TYPES, type TensorDeclaration, tensorBytes } from "../../../convert/gguf_types.ts";
import { GROUP } from "../../../convert/grids.ts";
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { headerWithoutTensors, readMetadata } from "../../../tokenizers/gguf_header.ts";
import { firstBeyond } from "../finite.ts";
import { MOST_NGRAM, type SubwordSettings } from "../subwords.ts";
import { CheckedFeed } from "./checked_feed.ts";
import { viewOf, wrong } from "./fasttext_header.ts";
import {
  GGUF_ARCHITECTURE,
  GGUF_DTYPES,
  GGUF_KEYS,
  GGUF_VERSION,
  type GgufDtype,
  ggufPadding,
  ggufTensors,
  NO_DIGITS,
} from "./gguf_layout.ts";
import { checkSizes } from "./header.ts";
import { checkFinite, type ReadVectors, RowStore } from "./row_store.ts";
import type { Vocabulary } from "./vocabulary.ts";

const kFirstPeek = 1 << 16;

export async function readGguf(feed: ByteFeed, vocabulary: Vocabulary): Promise<ReadVectors> {
  const { metadata, checked } = await takeMetadata(feed);
  const dimensions = numberOf(metadata, GGUF_KEYS.dimensions);
  checkSizes(0, dimensions, 0);
  const words = metadata.get(GGUF_KEYS.words);
  if (words?.type !== "string[]") throw missing(GGUF_KEYS.words);
  const dtype = dtypeOf(metadata);
  const subwords = subwordsOf(metadata);
  const isKept = words.value.map((word) => vocabulary.addWord(word));
  const subwordRows = subwords?.kept?.size ?? subwords?.buckets ?? 0;
  const count = words.value.length + subwordRows;
  const tensors = ggufTensors(count, dimensions, dtype);
  await checkTensors(checked, tensors);

  const keptRows = vocabulary.words.length + subwordRows;
  const rowBytes = tensorBytes(tensors[1]) / Math.max(1, count);
  const rows = new RowStore(dimensions, checked.announces(count * (4 + rowBytes)) ? keptRows : 0);
  const scales = await takeScales(checked, count);
  await checked.take(ggufPadding(4 * count));
  const decode = dtype === "q8" ? decodeInt8 : decodeInt4;
  for (let row = 0; row < count; row++) {
    const at = checked.position;
    const codes = await checked.take(rowBytes);
    if (isKept[row] === false) continue;
    const values = decode(codes, scales[row] as number, dimensions);
    if (firstBeyond(values) !== -1) throw wrong("a vector has a number that is not finite", at);
    rows.add(values);
  }
  if (metadata.has(GGUF_KEYS.checksum)) await checked.take(ggufPadding(count * rowBytes));
  checked.verify();
  return { rows, dimensions, subwords };
}

function decodeInt8(codes: Uint8Array, scale: number, dimensions: number): Float32Array {
  return Float32Array.from(new Int8Array(codes.buffer, codes.byteOffset, dimensions), (code) => code * scale);
}

/** Blocks of Q4_1: value j of a group is the low half of byte j, value j + 16 the high half. */
function decodeInt4(blocks: Uint8Array, scale: number, dimensions: number): Float32Array {
  const view = viewOf(blocks);
  const { blockBytes } = TENSOR_TYPES.Q4_1;
  const values = new Float32Array(dimensions);
  for (let start = 0, at = 0; start < dimensions; start += GROUP, at += blockBytes) {
    const step = halfToFloat(view.getUint16(at, true));
    const minimum = halfToFloat(view.getUint16(at + 2, true));
    const end = Math.min(GROUP, dimensions - start);
    for (let i = 0; i < end; i++) {
      const pair = blocks[at + 4 + (i % 16)] as number;
      values[start + i] = scale * (step * (i < 16 ? pair & 15 : pair >> 4) + minimum);
    }
  }
  return values;
}

/** Takes what is before the declarations of tensors, and leaves their number checked. */
async function takeMetadata(feed: ByteFeed): Promise<{ metadata: Metadata; checked: CheckedFeed }> {
  for (let size = kFirstPeek; ; size *= 2) {
    const head = await feed.peek(size);
    const header = headerWithoutTensors(head);
    if (!header && head.byteLength === size) continue;
    if (!header) throw wrong("the file ends in the middle of its header", head.byteLength);
    const metadata = readMetadata(header);
    const architecture = metadata.get(GGUF_KEYS.architecture)?.value;
    if (architecture !== GGUF_ARCHITECTURE) {
      const message = `a model of architecture ${JSON.stringify(architecture)} where word vectors are due`;
      throw new KinvecError("UNSUPPORTED_ARCHITECTURE", message);
    }
    const version = numberOf(metadata, GGUF_KEYS.version);
    if (version !== 1 && version !== GGUF_VERSION) {
      throw new KinvecError("MODEL_VERSION", `version ${version} is not read`);
    }
    const tensors = Number(viewOf(head).getBigUint64(8, true));
    if (tensors !== 2) throw wrong(`${tensors} tensors`, 8);
    const digits = version === 1 ? undefined : checksumOf(metadata);
    // Without its digits the header is what it was when the file was summed.
    const summed = head.slice(0, header.byteLength);
    if (digits) summed.set(new TextEncoder().encode(NO_DIGITS), summed.byteLength - NO_DIGITS.length);
    await feed.skip(header.byteLength);
    return { metadata, checked: new CheckedFeed(feed, summed, digits) };
  }
}

/** The digits, which must be the last bytes of the metadata. */
function checksumOf(metadata: Metadata): string {
  const found = metadata.get(GGUF_KEYS.checksum);
  const digits = found?.type === "string" ? /^xxh64:([0-9a-f]{16})$/.exec(found.value)?.[1] : undefined;
  if (digits === undefined || [...metadata.keys()].at(-1) !== GGUF_KEYS.checksum) throw missing(GGUF_KEYS.checksum);
  return digits;
}

function dtypeOf(metadata: Metadata): GgufDtype {
  // Version 1 has 8 bits, and says nothing of them.
  const found = metadata.get(GGUF_KEYS.dtype)?.value ?? "q8";
  const dtype = GGUF_DTYPES.find((known) => known === found);
  if (!dtype) throw new KinvecError("UNSUPPORTED_DTYPE", `rows of type ${JSON.stringify(found)} are not read`);
  return dtype;
}

/** Takes the declarations of the tensors, which must be those that are written. */
async function checkTensors(feed: CheckedFeed, tensors: readonly TensorDeclaration[]): Promise<void> {
  let offset = 0;
  for (const tensor of tensors) {
    const at = feed.position;
    const name = new TextEncoder().encode(tensor.name);
    const bytes = await feed.take(8 + name.byteLength + 4 + 8 * tensor.shape.length + 4 + 8);
    const view = viewOf(bytes);
    const shapeAt = 8 + name.byteLength + 4;
    const isRight =
      Number(view.getBigUint64(0, true)) === name.byteLength &&
      name.every((byte, i) => bytes[8 + i] === byte) &&
      view.getUint32(shapeAt - 4, true) === tensor.shape.length &&
      tensor.shape.every((size, i) => Number(view.getBigUint64(shapeAt + 8 * i, true)) === size) &&
      view.getUint32(shapeAt + 8 * tensor.shape.length, true) === TENSOR_TYPES[tensor.type].code &&
      Number(view.getBigUint64(shapeAt + 8 * tensor.shape.length + 4, true)) === offset;
    if (!isRight) throw wrong(`this is not the tensor ${tensor.name} of shape ${tensor.shape.join(" x ")}`, at);
    offset += tensorBytes(tensor) + ggufPadding(tensorBytes(tensor));
  }
  await feed.take(ggufPadding(feed.position));
}

async function takeScales(feed: CheckedFeed, count: number): Promise<Float32Array> {
  const at = feed.position;
  const scales = new Float32Array(new Uint8Array(await feed.take(4 * count)).buffer);
  checkFinite(scales, at);
  return scales;
}

function subwordsOf(metadata: Metadata): SubwordSettings | undefined {
  if (!metadata.has(GGUF_KEYS.buckets)) return undefined;
  const [minn, maxn] = [numberOf(metadata, GGUF_KEYS.minn), numberOf(metadata, GGUF_KEYS.maxn)];
  const buckets = numberOf(metadata, GGUF_KEYS.buckets);
  if (minn < 0 || minn > maxn || maxn > MOST_NGRAM) throw wrong(`n-grams of ${minn} to ${maxn} characters`, 0);
  if (buckets < 1 || buckets >= 2 ** 31) throw wrong(`${buckets} buckets`, 0);
  const kept = metadata.get(GGUF_KEYS.kept);
  if (kept === undefined) return { minn, maxn, buckets };
  if (kept.type !== "u32[]") throw missing(GGUF_KEYS.kept);
  const rowOf = new Map(Array.from(kept.value, (bucket, row) => [bucket, row]));
  if (rowOf.size !== kept.value.length) throw wrong("a bucket has two rows", 0);
  return { minn, maxn, buckets, kept: rowOf };
}

function numberOf(metadata: Metadata, key: string): number {
  const found = metadata.get(key);
  if (found?.type !== "u32") throw missing(key);
  return found.value;
}

function missing(key: string): KinvecError {
  return wrong(`the metadata has no ${key} of the right type`, 0);
}
