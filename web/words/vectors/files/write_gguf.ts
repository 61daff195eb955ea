// Word vectors as a GGUF file, the mirror image of read_gguf.ts.
import { type Metadata, string, u32 } from "../../../convert/gguf_types.ts";
import { ALIGNMENT, GgufWriter } from "../../../convert/gguf_writer.ts";
import { GROUP, Int8Grid, Q41Grid } from "../../../convert/grids.ts";
import { Xxh64 } from "../../../xxh64.ts";
import type { SubwordSettings } from "../subwords.ts";
import type { WordVectors } from "../word_vectors.ts";
import {
  GGUF_ARCHITECTURE,
  GGUF_KEYS,
  GGUF_VERSION,
  type GgufDtype,
  ggufTensors,
  NO_DIGITS,
  wholeGroups,
} from "./gguf_layout.ts";

export function* writeGguf(
  { words, dimensions, subwords, rows }: WordVectors,
  dtype: GgufDtype = "q8",
): Generator<Uint8Array<ArrayBuffer>> {
  const metadata: Metadata = new Map([
    [GGUF_KEYS.architecture, string(GGUF_ARCHITECTURE)],
    [GGUF_KEYS.alignment, u32(ALIGNMENT)],
    [GGUF_KEYS.version, u32(GGUF_VERSION)],
    [GGUF_KEYS.dtype, string(dtype)],
    [GGUF_KEYS.dimensions, u32(dimensions)],
    [GGUF_KEYS.words, { type: "string[]", value: words }],
  ]);
  if (subwords) addSubwords(metadata, subwords);
  metadata.set(GGUF_KEYS.checksum, string(`xxh64:${NO_DIGITS}`));
  const tensors = ggufTensors(rows.length / dimensions, dimensions, dtype);
  const writer = new GgufWriter(metadata, tensors);
  const [scales, codes] = tensors.map(({ name }) => writer.tensor(name)) as [Uint8Array, Uint8Array];
  if (dtype === "q8") encodeInt8(rows, dimensions, scales, codes);
  else encodeInt4(rows, dimensions, scales, codes);
  writer.patch(GGUF_KEYS.checksum, string(`xxh64:${new Xxh64().update(writer.bytes).digest()}`));
  yield writer.bytes;
}

/** Each row's largest number is code 127 or -127. */
function encodeInt8(rows: Float32Array, dimensions: number, scales: Uint8Array, codes: Uint8Array): void {
  const grid = new Int8Grid(rows, dimensions, codes, scales);
  for (let i = 0; i < rows.length; i++) grid.put(Math.floor(i / dimensions), i % dimensions, rows[i] as number);
}

/** Groups are of the row over its largest number: the halves that they have hold no number of every size. */
function encodeInt4(rows: Float32Array, dimensions: number, scales: Uint8Array, blocks: Uint8Array): void {
  const grid = new Q41Grid(wholeGroups(dimensions), blocks);
  const largest = new Float32Array(scales.buffer, scales.byteOffset, scales.byteLength / 4);
  const alike = new Float64Array(GROUP).fill(1);
  const values = new Float64Array(dimensions);
  for (let row = 0; row < largest.length; row++) {
    const own = rows.subarray(row * dimensions, (row + 1) * dimensions);
    const scale = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    largest[row] = scale;
    for (const [i, value] of own.entries()) values[i] = scale > 0 ? value / scale : 0;
    for (let start = 0; start < dimensions; start += GROUP) {
      const group = values.subarray(start, start + GROUP);
      grid.fit(row, start, group, alike.subarray(0, group.length));
      for (const [i, value] of group.entries()) grid.put(row, start + i, value);
    }
  }
}

function addSubwords(metadata: Metadata, { minn, maxn, buckets, kept }: SubwordSettings): void {
  metadata.set(GGUF_KEYS.minn, u32(minn));
  metadata.set(GGUF_KEYS.maxn, u32(maxn));
  metadata.set(GGUF_KEYS.buckets, u32(buckets));
  if (!kept) return;
  const bucketOf = new Uint32Array(kept.size);
  for (const [bucket, row] of kept) bucketOf[row] = bucket;
  metadata.set(GGUF_KEYS.kept, { type: "u32[]", value: bucketOf });
}
