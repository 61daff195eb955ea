// The linear layers of one encoder layer on their way into a quantised file: read, smoothed, rounded.
import type { Moments, PerLinear } from "./calibrate.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { factorize, roundToGrid } from "./error_feedback.ts";
import type { Grid } from "./grids.ts";
import { type OnShare, part } from "./share.ts";
import {
  addProduct,
  divideRows,
  firstTokenMiddle,
  type InputStatistics,
  largestCentredInput,
  largestInput,
  scaleColumns,
  smoothingFactors,
} from "./smoothing.ts";

export interface Linear {
  name: string;
  weights: Float32Array; // [rows, columns]
  bias: Float32Array; // [rows]
  columns: number;
  smoothing?: Smoothing;
}

export interface SmoothedLinear extends Linear {
  /** Divide the input, in the engine or in the layer before; the weights are multiplied by them. [columns] */
  factors: Float32Array;
}

/** What the engine does to a layer's input before it quantises it, under the names of the file's tensors. */
export interface Smoothing {
  /** Divides the input. [columns] */
  smooth: Float32Array;
  /** Is subtracted from first tokens, [columns], whose bias is first_bias, [rows]. */
  first_mean: Float32Array;
  first_bias: Float32Array;
}

export async function readLinears(checkpoint: Checkpoint, layer: number): Promise<PerLinear<Linear>> {
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
export function smoothLinears(
  linears: PerLinear<Linear>,
  inputs: PerLinear<InputStatistics>,
): PerLinear<SmoothedLinear> {
  const { qkv, attnOutput, ffnUp, ffnDown } = linears;
  const hidden = qkv.columns;
  const factors = smoothingFactors(largestInput(inputs.attnOutput), attnOutput.weights);
  scaleColumns(attnOutput.weights, factors);
  divideRows(qkv.weights.subarray(2 * hidden * hidden), factors);
  divideRows(qkv.bias.subarray(2 * hidden), factors);
  return {
    qkv: smoothLinear(qkv, inputs.qkv),
    attnOutput: { ...attnOutput, factors },
    ffnUp: smoothLinear(ffnUp, inputs.ffnUp),
    ffnDown: smoothLinear(ffnDown, inputs.ffnDown),
  };
}

function smoothLinear(linear: Linear, input: InputStatistics): SmoothedLinear {
  const { weights, bias } = linear;
  const middle = firstTokenMiddle(input);
  const firstBias = bias.slice();
  addProduct(firstBias, weights, middle);
  const factors = smoothingFactors(largestCentredInput(input), weights);
  scaleColumns(weights, factors);
  return { ...linear, factors, smoothing: { smooth: factors, first_mean: middle, first_bias: firstBias } };
}

/**
 * Rounds a smoothed layer's weights with feedback, and gives its biases what that still changes in the mean of its
 * outputs.
 */
export async function roundLinear(
  linear: SmoothedLinear,
  input: InputStatistics,
  moments: Moments,
  grid: Grid,
  onShare: OnShare,
): Promise<void> {
  const { weights, columns, bias, factors, smoothing } = linear;
  const feedback = await factorize(moments, factors, part(onShare, 0, 0.5));
  const lost = weights.slice();
  await roundToGrid(weights, columns, grid, feedback, part(onShare, 0.5, 1));
  for (let i = 0; i < lost.length; i++) lost[i] = (lost[i] as number) - (weights[i] as number);

  addProduct(bias, lost, scaled(input.mean, factors));
  if (smoothing) addProduct(smoothing.first_bias, lost, scaled(input.firstMean, factors, smoothing.first_mean));
}

/** (x - middle) / factors */
function scaled(x: Float32Array, factors: Float32Array, middle?: Float32Array): Float32Array {
  return x.map((value, c) => (value - (middle?.[c] ?? 0)) / (factors[c] as number));
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
