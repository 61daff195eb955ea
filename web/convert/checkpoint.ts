// A model before conversion, whatever file it came from: its sizes, its metadata in GGUF terms, and its tensors as
// f32 under their GGUF names.
import { KinvecError } from "../errors.ts";
import type { Metadata } from "./gguf_types.ts";

/** The most that is believed of a file, before its tensors are looked at. */
export const MOST_LAYERS = 1024;

/** Sizes of a BERT encoder. */
export interface EncoderSizes {
  layers: number;
  hidden: number;
  intermediate: number;
  vocabulary: number;
  positions: number;
  tokenTypes: number;
}

export interface Checkpoint {
  readonly kind: "encoder";
  readonly sizes: EncoderSizes;
  /** Everything but the conversion's own keys. */
  readonly metadata: Metadata;
  /** Values of a tensor of tensorShapes(), row-major, in an array of the caller's own. */
  tensor(name: string): Promise<Float32Array>;
}

/** The tensors of a BERT encoder by GGUF name, with their row-major shapes: [out, in] or [size]. */
export function tensorShapes(sizes: EncoderSizes): Map<string, readonly number[]> {
  const { layers, hidden, intermediate, vocabulary, positions, tokenTypes } = sizes;
  const shapes = new Map<string, readonly number[]>();
  const linear = (name: string, out: number, input: number) => {
    shapes.set(`${name}.weight`, [out, input]);
    shapes.set(`${name}.bias`, [out]);
  };
  const norm = (name: string) => {
    shapes.set(`${name}.weight`, [hidden]);
    shapes.set(`${name}.bias`, [hidden]);
  };
  shapes.set("token_embd.weight", [vocabulary, hidden]);
  shapes.set("position_embd.weight", [positions, hidden]);
  shapes.set("token_types.weight", [tokenTypes, hidden]);
  norm("token_embd_norm");
  for (let layer = 0; layer < layers; layer++) {
    const block = `blk.${layer}`;
    linear(`${block}.attn_q`, hidden, hidden);
    linear(`${block}.attn_k`, hidden, hidden);
    linear(`${block}.attn_v`, hidden, hidden);
    linear(`${block}.attn_output`, hidden, hidden);
    norm(`${block}.attn_output_norm`);
    linear(`${block}.ffn_up`, intermediate, hidden);
    linear(`${block}.ffn_down`, hidden, intermediate);
    norm(`${block}.layer_output_norm`);
  }
  return shapes;
}

/**
 * The tensors' shapes, once it is known that the file has all of them in these shapes. Until then the sizes may be
 * anything, and nothing of such a size is to be made. `shapeOf` answers what the file says.
 */
export function checkedShapes(
  sizes: EncoderSizes,
  shapeOf: (name: string) => readonly number[] | undefined,
): Map<string, readonly number[]> {
  const shapes = tensorShapes(sizes);
  for (const [name, shape] of shapes) checkShape(name, shape, shapeOf(name));
  return shapes;
}

function checkShape(name: string, expected: readonly number[], found: readonly number[] | undefined): void {
  if (!found) throw new KinvecError("MODEL_FORMAT", `the checkpoint has no tensor ${name}`);
  if (expected.length !== found.length || expected.some((size, i) => size !== found[i])) {
    throw new KinvecError("MODEL_FORMAT", `${name} has shape [${found}], the configuration says [${expected}]`);
  }
}
