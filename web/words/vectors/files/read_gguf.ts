// Word vectors out of a GGUF file of this package. The rows are decoded as they arrive, and only those that are kept held.
import { type Metadata, TENSOR_TYPES, tensorBytes } from "../../../convert/gguf_types.ts";
import { KinvecError } from "../../../errors.ts";
import type { ByteFeed } from "../../../source/byte_feed.ts";
import { headerWithoutTensors, readMetadata } from "../../../tokenizers/gguf_header.ts";
import { MOST_NGRAM, type SubwordSettings } from "../subwords.ts";
import { viewOf, wrong } from "./fasttext_header.ts";
import { GGUF_ARCHITECTURE, GGUF_KEYS, GGUF_VERSION, ggufPadding, ggufTensors } from "./gguf_layout.ts";
import { checkSizes } from "./header.ts";
import { checkFinite, type ReadVectors, RowStore } from "./row_store.ts";
import type { Vocabulary } from "./vocabulary.ts";

const kFirstPeek = 1 << 16;

export async function readGguf(feed: ByteFeed, vocabulary: Vocabulary): Promise<ReadVectors> {
  const metadata = await takeMetadata(feed);
  const dimensions = numberOf(metadata, GGUF_KEYS.dimensions);
  checkSizes(0, dimensions, 0);
  const words = metadata.get(GGUF_KEYS.words);
  if (words?.type !== "string[]") throw missing(GGUF_KEYS.words);
  const subwords = subwordsOf(metadata);
  const isKept = words.value.map((word) => vocabulary.addWord(word));
  const subwordRows = subwords?.kept?.size ?? subwords?.buckets ?? 0;
  const count = words.value.length + subwordRows;
  await checkTensors(feed, count, dimensions);

  const keptRows = vocabulary.words.length + subwordRows;
  const rows = new RowStore(dimensions, feed.announces(count * (4 + dimensions)) ? keptRows : 0);
  const scales = await takeScales(feed, count);
  await feed.skip(ggufPadding(4 * count));
  for (let row = 0; row < count; row++) {
    const codes = await feed.take(dimensions);
    if (isKept[row] === false) continue;
    const scale = scales[row] as number;
    rows.add(Float32Array.from(new Int8Array(codes.buffer, codes.byteOffset, dimensions), (code) => code * scale));
  }
  return { rows, dimensions, subwords };
}

/** Takes what is before the declarations of tensors, and leaves their number checked. */
async function takeMetadata(feed: ByteFeed): Promise<Metadata> {
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
    if (version !== GGUF_VERSION) throw new KinvecError("MODEL_VERSION", `version ${version} is not read`);
    const tensors = Number(viewOf(head).getBigUint64(8, true));
    if (tensors !== ggufTensors(0, 0).length) throw wrong(`${tensors} tensors`, 8);
    await feed.skip(header.byteLength);
    return metadata;
  }
}

/** Takes the declarations of the tensors, which must be those that are written. */
async function checkTensors(feed: ByteFeed, rows: number, dimensions: number): Promise<void> {
  let offset = 0;
  for (const tensor of ggufTensors(rows, dimensions)) {
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
    if (!isRight) throw wrong(`this is not the tensor ${tensor.name} of ${rows} rows`, at);
    offset += tensorBytes(tensor) + ggufPadding(tensorBytes(tensor));
  }
  await feed.skip(ggufPadding(feed.position));
}

async function takeScales(feed: ByteFeed, count: number): Promise<Float32Array> {
  const at = feed.position;
  const scales = new Float32Array(new Uint8Array(await feed.take(4 * count)).buffer);
  // The lowest code is -128.
  checkFinite(
    scales.map((scale) => scale * 128),
    at,
  );
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
