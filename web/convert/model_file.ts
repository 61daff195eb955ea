// Builds the GGUF file of a checkpoint: f32 in llama.cpp's layout, or q8 / q4 in kinvec's, where Q, K and V are one
// matrix and weights may be smoothed.
import { KinvecError } from "../errors.ts";
import type { Checkpoint, EncoderSizes } from "./checkpoint.ts";
import { tensorShapes } from "./checkpoint.ts";
import type { Metadata, TensorDeclaration, TensorTypeName } from "./gguf_types.ts";
import { GgufWriter } from "./gguf_writer.ts";
import type { Quantizer } from "./quantizer.ts";
import {
  biasWithMean,
  divideRows,
  firstTokenMean,
  type LayerRanges,
  largestCentredInput,
  largestInput,
  scaleColumns,
  smoothingFactors,
} from "./smoothing.ts";

/** How weights are stored. */
export type FileDtype = "q8" | "q4" | "f32";

/** Called between tensors with the share done, 0 to 1; may throw to stop. */
export type OnShare = (share: number) => void | Promise<void>;

/** All tensors as f32, under llama.cpp's names. */
export async function buildF32(checkpoint: Checkpoint, metadata: Metadata, onShare: OnShare): Promise<GgufWriter> {
  const shapes = [...tensorShapes(checkpoint.sizes)];
  const file = new GgufWriter(
    metadata,
    shapes.map(([name, shape]) => ({ name, type: "F32", shape: shape.toReversed() })),
  );
  for (const [index, [name]] of shapes.entries()) {
    await onShare(index / shapes.length);
    fillF32(file, name, await checkpoint.tensor(name));
  }
  return file;
}

/** Linear layers and the word table quantised, all else f32. `ranges` asks for smoothing; one item per layer. */
export async function buildQuantized(
  checkpoint: Checkpoint,
  metadata: Metadata,
  dtype: "q8" | "q4",
  ranges: readonly LayerRanges[] | undefined,
  quantizer: Quantizer,
  onShare: OnShare,
): Promise<GgufWriter> {
  const { sizes } = checkpoint;
  if (dtype === "q4" && (sizes.hidden % 32 !== 0 || sizes.intermediate % 32 !== 0)) {
    const message = `q4 needs sizes that are multiples of 32, not ${sizes.hidden} and ${sizes.intermediate}`;
    throw new KinvecError("UNSUPPORTED_DTYPE", message);
  }
  const file = new GgufWriter(metadata, quantizedLayout(sizes, dtype, ranges !== undefined));
  const store = (name: string, weights: Float32Array, columns: number) => {
    const values = file.tensor(`${name}.weight`);
    if (dtype === "q8") quantizer.int8(weights, columns, values, file.tensor(`${name}.scale`));
    else quantizer.q4(weights, values);
  };

  await onShare(0);
  store("token_embd", await checkpoint.tensor("token_embd.weight"), sizes.hidden);
  for (const name of ["position_embd.weight", "token_types.weight", "token_embd_norm.weight", "token_embd_norm.bias"]) {
    fillF32(file, name, await checkpoint.tensor(name));
  }
  for (let layer = 0; layer < sizes.layers; layer++) {
    // The word table is about as much work as all layers of a small encoder.
    await onShare((1 + layer / sizes.layers) / 2);
    const linears = await readLayer(checkpoint, layer);
    if (ranges) smoothLayer(linears, ranges[layer] as LayerRanges, sizes.hidden);
    for (const { name, weights, bias, columns, smoothing } of Object.values(linears)) {
      store(name, weights, columns);
      fillF32(file, `${name}.bias`, bias);
      for (const [part, values] of Object.entries(smoothing ?? {})) fillF32(file, `${name}.${part}`, values);
    }
    for (const norm of ["attn_output_norm", "layer_output_norm"]) {
      for (const part of ["weight", "bias"]) {
        const name = `blk.${layer}.${norm}.${part}`;
        fillF32(file, name, await checkpoint.tensor(name));
      }
    }
  }
  return file;
}

interface Linear {
  name: string;
  weights: Float32Array; // [rows, columns]
  bias: Float32Array; // [rows]
  columns: number;
  smoothing?: Smoothing;
}

/** What the engine does to a layer's input before it quantises it, under the names of the file's tensors. */
interface Smoothing {
  /** Divides the input. [columns] */
  smooth: Float32Array;
  /** Is subtracted from first tokens, [columns], whose bias is first_bias, [rows]. */
  first_mean: Float32Array;
  first_bias: Float32Array;
}

type LayerLinears = Record<"qkv" | "attnOutput" | "ffnUp" | "ffnDown", Linear>;

async function readLayer(checkpoint: Checkpoint, layer: number): Promise<LayerLinears> {
  const { hidden, intermediate } = checkpoint.sizes;
  const tensor = (name: string) => checkpoint.tensor(`blk.${layer}.${name}`);
  const linear = async (name: string, columns: number): Promise<Linear> => ({
    name: `blk.${layer}.${name}`,
    weights: await tensor(`${name}.weight`),
    bias: await tensor(`${name}.bias`),
    columns,
  });
  const parts = [await linear("attn_q", hidden), await linear("attn_k", hidden), await linear("attn_v", hidden)];
  return {
    qkv: {
      name: `blk.${layer}.attn_qkv`,
      weights: join(parts.map(({ weights }) => weights)),
      bias: join(parts.map(({ bias }) => bias)),
      columns: hidden,
    },
    attnOutput: await linear("attn_output", hidden),
    ffnUp: await linear("ffn_up", hidden),
    ffnDown: await linear("ffn_down", intermediate),
  };
}

/** Scales weights in place. The input of attn_output is a weighted sum of V, so its factors go into the rows of V. */
function smoothLayer(linears: LayerLinears, ranges: LayerRanges, hidden: number): void {
  const { qkv, attnOutput, ffnUp, ffnDown } = linears;
  const factors = smoothingFactors(largestInput(ranges.attnOutput), attnOutput.weights);
  scaleColumns(attnOutput.weights, factors);
  divideRows(qkv.weights.subarray(2 * hidden * hidden), factors);
  divideRows(qkv.bias.subarray(2 * hidden), factors);
  for (const [linear, range] of [
    [qkv, ranges.qkv],
    [ffnUp, ranges.ffnUp],
    [ffnDown, ranges.ffnDown],
  ] as const) {
    const mean = firstTokenMean(range);
    const smooth = smoothingFactors(largestCentredInput(range), linear.weights);
    linear.smoothing = { smooth, first_mean: mean, first_bias: biasWithMean(linear.bias, linear.weights, mean) };
    scaleColumns(linear.weights, smooth);
  }
}

function quantizedLayout(sizes: EncoderSizes, dtype: "q8" | "q4", smoothed: boolean): TensorDeclaration[] {
  const { layers, hidden, intermediate, vocabulary, positions, tokenTypes } = sizes;
  const type: TensorTypeName = dtype === "q8" ? "I8" : "Q4_1";
  const plain = (name: string, ...shape: number[]): TensorDeclaration => ({ name, type: "F32", shape });
  const quantized = (name: string, out: number, input: number): TensorDeclaration[] => [
    { name: `${name}.weight`, type, shape: [input, out] },
    ...(dtype === "q8" ? [plain(`${name}.scale`, out)] : []),
  ];
  const linear = (name: string, out: number, input: number, smooth: boolean) => [
    ...quantized(name, out, input),
    plain(`${name}.bias`, out),
    ...(smooth
      ? [plain(`${name}.smooth`, input), plain(`${name}.first_mean`, input), plain(`${name}.first_bias`, out)]
      : []),
  ];
  const norm = (name: string) => [plain(`${name}.weight`, hidden), plain(`${name}.bias`, hidden)];
  const layout = [
    ...quantized("token_embd", vocabulary, hidden),
    plain("position_embd.weight", hidden, positions),
    plain("token_types.weight", hidden, tokenTypes),
    ...norm("token_embd_norm"),
  ];
  for (let layer = 0; layer < layers; layer++) {
    const block = `blk.${layer}`;
    layout.push(
      ...linear(`${block}.attn_qkv`, 3 * hidden, hidden, smoothed),
      ...linear(`${block}.attn_output`, hidden, hidden, false),
      ...norm(`${block}.attn_output_norm`),
      ...linear(`${block}.ffn_up`, intermediate, hidden, smoothed),
      ...linear(`${block}.ffn_down`, hidden, intermediate, smoothed),
      ...norm(`${block}.layer_output_norm`),
    );
  }
  return layout;
}

function fillF32(file: GgufWriter, name: string, values: Float32Array): void {
  file.tensor(name).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
