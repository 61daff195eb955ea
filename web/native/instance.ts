// One running copy of the engine: its own memory, one model.
import createKinvec from "kinvec-glue";
import { KinvecError } from "../errors.ts";
import type { BinaryName, Dtype, ProbeOutcome } from "../types.ts";
import { type NativeModule, PROBE_INEXACT, PROBE_SIGNED, PROBE_UNSIGNED, WEIGHT_LIMITS } from "./module.ts";
import { instantiate, WasmInstance } from "./wasm_instance.ts";

export class Instance extends WasmInstance<NativeModule> {
  readonly binary: BinaryName;
  readonly module: WebAssembly.Module;
  readonly #dtype: Dtype;
  #probe: ProbeOutcome = "simd128";

  private constructor(binary: BinaryName, module: WebAssembly.Module, native: NativeModule, dtype: Dtype) {
    super(native);
    this.binary = binary;
    this.module = module;
    this.#dtype = dtype;
  }

  /**
   * Instantiates a compiled binary and probes its kernel with weights as large as those of `dtype`. Rejects with
   * PROBE_FAILED where it is not exact.
   */
  static async open(binary: BinaryName, module: WebAssembly.Module, dtype: Dtype = "auto"): Promise<Instance> {
    const instance = new Instance(binary, module, await instantiate(createKinvec, module), dtype);
    const outcome = instance.#probeDot();
    if (outcome === PROBE_INEXACT) throw instance.inexact();
    instance.run((native) => native.setDotMode(outcome));
    if (binary === "relaxed") instance.#probe = outcome === PROBE_SIGNED ? "relaxed-signed" : "relaxed-unsigned";
    return instance;
  }

  /** Another instance of the same binary: memory that has grown is given back by leaving its instance. */
  another(): Promise<Instance> {
    return Instance.open(this.binary, this.module, this.#dtype);
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
