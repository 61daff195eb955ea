// Word vectors as a GGUF file, the mirror image of read_gguf.ts. Each row's largest number is code 127 or -127.
import { type Metadata, string, u32 } from "../../../convert/gguf_types.ts";
import { ALIGNMENT, GgufWriter } from "../../../convert/gguf_writer.ts";
import { Int8Grid } from "../../../convert/grids.ts";
import type { SubwordSettings } from "../subwords.ts";
import type { WordVectors } from "../word_vectors.ts";
import { GGUF_ARCHITECTURE, GGUF_KEYS, GGUF_VERSION, ggufTensors } from "./gguf_layout.ts";

export function* writeGguf({ words, dimensions, subwords, rows }: WordVectors): Generator<Uint8Array<ArrayBuffer>> {
  const metadata: Metadata = new Map([
    [GGUF_KEYS.architecture, string(GGUF_ARCHITECTURE)],
    [GGUF_KEYS.alignment, u32(ALIGNMENT)],
    [GGUF_KEYS.version, u32(GGUF_VERSION)],
    [GGUF_KEYS.dimensions, u32(dimensions)],
    [GGUF_KEYS.words, { type: "string[]", value: words }],
  ]);
  if (subwords) addSubwords(metadata, subwords);
  const tensors = ggufTensors(rows.length / dimensions, dimensions);
  const writer = new GgufWriter(metadata, tensors);
  const [scales, codes] = tensors.map(({ name }) => writer.tensor(name)) as [Uint8Array, Uint8Array];
  const grid = new Int8Grid(rows, dimensions, codes, scales);
  for (let i = 0; i < rows.length; i++) grid.put(Math.floor(i / dimensions), i % dimensions, rows[i] as number);
  yield writer.bytes;
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
