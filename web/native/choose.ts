// Chooses the binary: relaxed where the engine accepts it, is trusted and proves exact, else simd128.
import { KinvecError } from "../errors.ts";
import type { Platform } from "../platform/platform.ts";
import type { BinaryName, Dtype, WasmOptions } from "../types.ts";
import { compileBinary } from "./compile.ts";
import { hasRelaxedSimd, hasSimd128, relaxedDotIsWide } from "./features.ts";

export interface BinaryOptions {
  binary?: "auto" | BinaryName | undefined;
  wasm?: WasmOptions | undefined;
  /** Of the model that is to run. */
  dtype?: Dtype | undefined;
}

/** The binaries to try, best first. A forced binary is the only one. */
export function candidates(platform: Platform, { binary = "auto", wasm, dtype }: BinaryOptions): BinaryName[] {
  if (binary !== "auto") return [binary];
  // Of own binaries nothing is presumed, and 7-bit weights need no wide dot product.
  const isFit = wasm || dtype === "q7" ? hasRelaxedSimd : relaxedDotIsWide;
  const order: BinaryName[] = platform.trustsRelaxed && isFit() ? ["relaxed", "simd128"] : ["simd128"];
  const given = wasm ? order.filter((name) => wasm[name] !== undefined) : order;
  return given.length > 0 ? given : order.slice(-1);
}

/** Instantiates a compiled binary. Rejects with PROBE_FAILED where it is not exact. */
export type Open<Instance> = (binary: BinaryName, module: WebAssembly.Module, dtype?: Dtype) => Promise<Instance>;

export interface Opened<Instance> {
  instance: Instance;
  /** The candidates left if the instance should fail later. */
  remaining: BinaryName[];
}

/** An instance of the first candidate that is exact. */
export async function openInstance<Instance>(
  open: Open<Instance>,
  platform: Platform,
  order: readonly BinaryName[],
  options: BinaryOptions,
): Promise<Opened<Instance>> {
  const [binary, ...remaining] = order;
  if (binary === undefined) throw new KinvecError("PROBE_FAILED", "no binary computes exactly on this machine");
  if (!(binary === "relaxed" ? hasRelaxedSimd() : hasSimd128())) {
    const missing = binary === "relaxed" ? "relaxed SIMD" : "128-bit SIMD";
    throw new KinvecError("PROBE_FAILED", `this WebAssembly engine has no ${missing}`);
  }
  try {
    const module = await compileBinary(platform, binary, () => platform.binaryUrl(binary), options.wasm);
    return { instance: await open(binary, module, options.dtype), remaining };
  } catch (error) {
    const inexact = error instanceof KinvecError && error.code === "PROBE_FAILED";
    if (!inexact || remaining.length === 0) throw error;
    return openInstance(open, platform, remaining, options);
  }
}
