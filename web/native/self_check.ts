// The last check before a model is handed out: the whole model must reproduce the vector stored in its file, bit for
// bit, and the kernel must still be exact now that it has run.

import { similarity } from "../similarity.ts";
import { embedAll } from "./embed_all.ts";
import type { Engine } from "./engine.ts";
import type { NativeInfo } from "./module.ts";

export type SelfCheck = "passed" | "nothing-stored" | "kernel-inexact" | "vector-differs";

// Runs the kernels of a model that has no probe of its own.
const kWarmUpText = "warm up";

/**
 * `comparable`: whether the stored vector applies, that is, nothing in the options changes the vectors of the model.
 */
export function selfCheck(engine: Engine, info: NativeInfo, comparable: boolean): SelfCheck {
  const stored = comparable && info.dtype !== "f32" && info.probeText !== "" && info.probeVector.length > 0;
  const vector = embedAll(engine, [stored ? info.probeText : kWarmUpText], info.normalize);
  if (!engine.instance.stillExact()) return "kernel-inexact";
  if (!stored) return "nothing-stored";
  // The stored vector is that of 8-bit weights.
  if (info.dtype === "q7") return isNear(vector, info.probeVector) ? "nothing-stored" : "vector-differs";
  return sameBits(vector, Float32Array.from(info.probeVector)) ? "passed" : "vector-differs";
}

function isNear(a: Float32Array, b: readonly number[]): boolean {
  return similarity(a, b) > 0.95;
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  const bitsOfA = new Uint32Array(a.buffer, a.byteOffset, a.length);
  const bitsOfB = new Uint32Array(b.buffer, b.byteOffset, b.length);
  return bitsOfA.every((bits, i) => bits === bitsOfB[i]);
}
