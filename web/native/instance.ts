// One running copy of the engine: its own memory, one model.
import createKinvec from "kinvec-glue";
import type { BinaryName, Dtype } from "../types.ts";
import type { NativeModule } from "./module.ts";
import { ProbedInstance } from "./probed_instance.ts";
import { instantiate } from "./wasm_instance.ts";

export class Instance extends ProbedInstance<NativeModule> {
  readonly module: WebAssembly.Module;
  readonly #dtype: Dtype;

  private constructor(native: NativeModule, binary: BinaryName, module: WebAssembly.Module, dtype: Dtype) {
    super(native, binary, dtype);
    this.module = module;
    this.#dtype = dtype;
  }

  /** Instantiates a compiled binary for weights of `dtype`. Rejects with PROBE_FAILED where it is not exact. */
  static async open(binary: BinaryName, module: WebAssembly.Module, dtype: Dtype = "auto"): Promise<Instance> {
    return new Instance(await instantiate(createKinvec, module), binary, module, dtype);
  }

  /** Another instance of the same binary: memory that has grown is given back by leaving its instance. */
  another(): Promise<Instance> {
    return Instance.open(this.binary, this.module, this.#dtype);
  }
}
