// A static sentence model before it is written: a table of token vectors with its tokenizer, wherever it came from.
import { KinvecError } from "../errors.ts";
import { roundToGrid } from "./error_feedback.ts";
import { bool, type Metadata, string, type TensorDeclaration, u32 } from "./gguf_types.ts";
import { GgufWriter } from "./gguf_writer.ts";
import { GROUP, Int8Grid, Q41Grid } from "./grids.ts";
import type { FileDtype } from "./model_file.ts";
import type { OnShare } from "./share.ts";

export interface StaticTable {
  readonly kind: "static";
  /** Tokens, and values of each one's vector. */
  readonly sizes: { vocabulary: number; hidden: number };
  /** Tokenizer and settings, everything but the conversion's own keys. */
  readonly metadata: Metadata;
  /** Vectors of all tokens, in an array of the caller's own. [vocabulary, hidden] */
  vectors(): Promise<Float32Array>;
}

/** Longest input in tokens that a file can state. A mean has no positions, so nothing is lost by it. */
export const STATIC_POSITIONS = 65536;

/** Longest input where nothing is stated: model2vec's own. */
export const STATIC_MAX_TOKENS = 512;

/** The keys of a static model besides its tokenizer's. */
export function staticMetadata(hidden: number, normalize: boolean): Metadata {
  return new Map([
    ["general.architecture", string("static")],
    ["static.embedding_length", u32(hidden)],
    ["static.context_length", u32(STATIC_POSITIONS)],
    ["static.pooling_type", u32(1)],
    ["kinvec.max_tokens", u32(STATIC_MAX_TOKENS)],
    ["kinvec.normalize", bool(normalize)],
  ]);
}

/** The table as f32, in 8 bits with a scale per row (`q8`), or in 4 (`q4` and `q8-q4`, which differ in encoders alone). */
export async function buildStatic(
  table: StaticTable,
  metadata: Metadata,
  dtype: FileDtype,
  onShare: OnShare,
): Promise<GgufWriter> {
  const { vocabulary, hidden } = table.sizes;
  const type = ({ f32: "F32", q8: "I8", "q8-q4": "Q4_1", q4: "Q4_1" } as const)[dtype];
  if (type === "Q4_1" && hidden % GROUP !== 0) {
    throw new KinvecError("UNSUPPORTED_DTYPE", `${dtype} needs vectors of a multiple of 32 values, not ${hidden}`);
  }
  const layout: TensorDeclaration[] = [{ name: "token_embd.weight", type, shape: [hidden, vocabulary] }];
  if (type === "I8") layout.push({ name: "token_embd.scale", type: "F32", shape: [vocabulary] });
  const file = new GgufWriter(metadata, layout);
  const vectors = await table.vectors();
  const values = file.tensor("token_embd.weight");
  if (type === "F32") values.set(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
  else {
    const grid =
      type === "Q4_1"
        ? new Q41Grid(hidden, values)
        : new Int8Grid(vectors, hidden, values, file.tensor("token_embd.scale"));
    await roundToGrid(vectors, hidden, grid, undefined, onShare);
  }
  return file;
}
