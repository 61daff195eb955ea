// Builds the GGUF file of a checkpoint: f32 in llama.cpp's layout, or quantised in kinvec's, where Q, K and V are one
// matrix and weights may be smoothed.
import { KinvecError } from "../errors.ts";
import { type Calibration, LINEARS, type PerLinear } from "./calibrate.ts";
import type { Checkpoint, EncoderSizes } from "./checkpoint.ts";
import { tensorShapes } from "./checkpoint.ts";
import { roundToGrid } from "./error_feedback.ts";
import type { Metadata, TensorDeclaration } from "./gguf_types.ts";
import { GgufWriter } from "./gguf_writer.ts";
import { GROUP, type Grid, Int8Grid, Q41Grid } from "./grids.ts";
import { type Linear, readLinears, roundLinear, smoothLinears } from "./linears.ts";
import { type OnShare, part } from "./share.ts";
import type { InputStatistics } from "./smoothing.ts";

/** How weights are stored. */
export type FileDtype = QuantizedDtype | "f32";

type QuantizedDtype = keyof typeof kTypes;
type WeightType = "I8" | "Q4_1";

/** Tensor types of the encoder's linear layers and of the word table. */
const kTypes = {
  q8: { linears: "I8", words: "I8" },
  "q8-q4": { linears: "I8", words: "Q4_1" },
  q4: { linears: "Q4_1", words: "Q4_1" },
} as const;

export const FILE_DTYPES: readonly FileDtype[] = ["q8", "q8-q4", "q4", "f32"];

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

/**
 * Linear layers and the tables of words and positions quantised, all else f32. A calibration asks for smoothing,
 * rounding with error feedback and corrected biases.
 */
export async function buildQuantized(
  checkpoint: Checkpoint,
  metadata: Metadata,
  dtype: QuantizedDtype,
  calibration: Calibration | undefined,
  onShare: OnShare,
): Promise<GgufWriter> {
  const { hidden, intermediate, layers } = checkpoint.sizes;
  if (dtype !== "q8" && (hidden % GROUP !== 0 || intermediate % GROUP !== 0)) {
    const message = `${dtype} needs sizes that are multiples of 32, not ${hidden} and ${intermediate}`;
    throw new KinvecError("UNSUPPORTED_DTYPE", message);
  }
  const file = new QuantizedFile(checkpoint, metadata, dtype, calibration);
  const tables = calibration ? 0.1 : 0.5; // their part of the work, about
  await file.storeTables(part(onShare, 0, tables));
  for (let layer = 0; layer < layers; layer++) {
    const start = tables + ((1 - tables) * layer) / layers;
    await file.storeLayer(layer, part(onShare, start, start + (1 - tables) / layers));
  }
  return file.writer;
}

class QuantizedFile {
  readonly writer: GgufWriter;
  readonly #checkpoint: Checkpoint;
  readonly #types: { linears: WeightType; words: WeightType };
  readonly #calibration: Calibration | undefined;

  constructor(checkpoint: Checkpoint, metadata: Metadata, dtype: QuantizedDtype, calibration: Calibration | undefined) {
    this.writer = new GgufWriter(metadata, quantizedLayout(checkpoint.sizes, dtype, calibration !== undefined));
    this.#checkpoint = checkpoint;
    this.#types = kTypes[dtype];
    this.#calibration = calibration;
  }

  async storeTables(onShare: OnShare): Promise<void> {
    await this.#storeTable("token_embd", this.#types.words, part(onShare, 0, 0.95));
    await this.#storeTable("position_embd", "I8", part(onShare, 0.95, 1));
    for (const name of ["token_types.weight", "token_embd_norm.weight", "token_embd_norm.bias"]) await this.#copy(name);
  }

  async storeLayer(layer: number, onShare: OnShare): Promise<void> {
    const linears = await readLinears(this.#checkpoint, layer);
    if (this.#calibration) {
      const inputs = this.#calibration.inputs[layer] as PerLinear<InputStatistics>;
      const moments = await this.#calibration.moments(layer, part(onShare, 0, 0.2));
      const smoothed = smoothLinears(linears, inputs);
      for (const [index, key] of LINEARS.entries()) {
        const linear = smoothed[key];
        const share = part(onShare, 0.2 * (index + 1), 0.2 * (index + 2));
        await roundLinear(linear, inputs[key], moments[key], this.#grid(this.#types.linears, linear), share);
        this.#fillVectors(linear);
      }
    } else {
      for (const [index, key] of LINEARS.entries()) {
        const linear = linears[key];
        const share = part(onShare, index / LINEARS.length, (index + 1) / LINEARS.length);
        await roundToGrid(linear.weights, linear.columns, this.#grid(this.#types.linears, linear), undefined, share);
        this.#fillVectors(linear);
      }
    }
    for (const norm of ["attn_output_norm", "layer_output_norm"]) {
      for (const part of ["weight", "bias"]) await this.#copy(`blk.${layer}.${norm}.${part}`);
    }
  }

  async #storeTable(name: string, type: WeightType, onShare: OnShare): Promise<void> {
    const columns = this.#checkpoint.sizes.hidden;
    const weights = await this.#checkpoint.tensor(`${name}.weight`);
    await roundToGrid(weights, columns, this.#grid(type, { name, weights, columns }), undefined, onShare);
  }

  /** The grid that writes a matrix into the file. */
  #grid(type: WeightType, { name, weights, columns }: Pick<Linear, "name" | "weights" | "columns">): Grid {
    const values = this.writer.tensor(`${name}.weight`);
    if (type === "Q4_1") return new Q41Grid(columns, values);
    return new Int8Grid(weights, columns, values, this.writer.tensor(`${name}.scale`));
  }

  #fillVectors({ name, bias, smoothing }: Linear): void {
    fillF32(this.writer, `${name}.bias`, bias);
    for (const [part, values] of Object.entries(smoothing ?? {})) fillF32(this.writer, `${name}.${part}`, values);
  }

  async #copy(name: string): Promise<void> {
    fillF32(this.writer, name, await this.#checkpoint.tensor(name));
  }
}

function quantizedLayout(sizes: EncoderSizes, dtype: QuantizedDtype, smoothed: boolean): TensorDeclaration[] {
  const { layers, hidden, intermediate, vocabulary, positions, tokenTypes } = sizes;
  const types = kTypes[dtype];
  const plain = (name: string, ...shape: number[]): TensorDeclaration => ({ name, type: "F32", shape });
  const quantized = (name: string, type: WeightType, out: number, input: number): TensorDeclaration[] => [
    { name: `${name}.weight`, type, shape: [input, out] },
    ...(type === "I8" ? [plain(`${name}.scale`, out)] : []),
  ];
  const linear = (name: string, out: number, input: number, smooth: boolean) => [
    ...quantized(name, types.linears, out, input),
    plain(`${name}.bias`, out),
    ...(smooth
      ? [plain(`${name}.smooth`, input), plain(`${name}.first_mean`, input), plain(`${name}.first_bias`, out)]
      : []),
  ];
  const norm = (name: string) => [plain(`${name}.weight`, hidden), plain(`${name}.bias`, hidden)];
  const layout = [
    ...quantized("token_embd", types.words, vocabulary, hidden),
    ...quantized("position_embd", "I8", positions, hidden),
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
