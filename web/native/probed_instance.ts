// A running binary that computes with the int8 kernels, which are proved exact before it is used.
import { KinvecError } from "../errors.ts";
import type { BinaryName, Dtype, ProbeOutcome } from "../types.ts";
import {
  type NativeMemory,
  type NativeProbe,
  PROBE_INEXACT,
  PROBE_SIGNED,
  PROBE_UNSIGNED,
  WEIGHT_LIMITS,
} from "./module.ts";
import { WasmInstance } from "./wasm_instance.ts";

export class ProbedInstance<Native extends NativeMemory & NativeProbe> extends WasmInstance<Native> {
  readonly binary: BinaryName;
  readonly #dtype: Dtype;
  #probe: ProbeOutcome = "simd128";

  /**
   * Probes the kernel with weights as large as those of `dtype`.
   *
   * @throws KinvecError PROBE_FAILED where it is not exact.
   */
  protected constructor(native: Native, binary: BinaryName, dtype: Dtype) {
    super(native);
    this.binary = binary;
    this.#dtype = dtype;
    const outcome = this.#probeDot();
    if (outcome === PROBE_INEXACT) throw this.inexact();
    this.run((module) => module.setDotMode(outcome));
    if (binary === "relaxed") this.#probe = outcome === PROBE_SIGNED ? "relaxed-signed" : "relaxed-unsigned";
  }

  get probe(): ProbeOutcome {
    return this.#probe;
  }

  /**
   * Probes again. The kernel runs in another compiler tier once it is warm, and engines exist where the tiers differ.
   */
  stillExact(): boolean {
    const expected = this.#probe === "relaxed-signed" ? PROBE_SIGNED : PROBE_UNSIGNED;
    return this.#probeDot() === expected;
  }

  #probeDot(): number {
    return this.run((native) => native.probeDot(WEIGHT_LIMITS[this.#dtype]));
  }

  inexact(): KinvecError {
    return new KinvecError("PROBE_FAILED", `the ${this.binary} binary does not compute exactly on this machine`);
  }

  /** Memory of `bytes`, for `use` only. Throws OUT_OF_MEMORY. */
  withMemory<T>(bytes: number, use: (pointer: number) => T): T {
    const pointer = this.reserve(bytes, (native) => native.allocate(bytes));
    try {
      return use(pointer);
    } finally {
      if (!this.lost) this.run((native) => native.release(pointer));
    }
  }
}
