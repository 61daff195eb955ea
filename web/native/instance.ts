// One running copy of the engine: its own memory, one model. Anything thrown inside marks it lost for good.
import createKinvec from "kinvec-glue";
import { errorCodeOf, KinvecError } from "../errors.ts";
import type { BinaryName, ProbeOutcome } from "../types.ts";
import { type NativeModule, PROBE_INEXACT, PROBE_SIGNED, PROBE_UNSIGNED, type Status } from "./module.ts";

/** What a 32-bit memory can hold at most. */
const kMostBytes = 2 ** 32 - 2 ** 16;

export class Instance {
  readonly binary: BinaryName;
  readonly #module: WebAssembly.Module;
  readonly #native: NativeModule;
  #probe: ProbeOutcome = "simd128";
  #lost = false;

  private constructor(binary: BinaryName, module: WebAssembly.Module, native: NativeModule) {
    this.binary = binary;
    this.#module = module;
    this.#native = native;
  }

  /** Instantiates a compiled binary and probes its kernel. Rejects with PROBE_FAILED where it is not exact. */
  static async open(binary: BinaryName, module: WebAssembly.Module): Promise<Instance> {
    const instance = new Instance(binary, module, await instantiate(module));
    const outcome = instance.run((native) => native.probeDot());
    if (outcome === PROBE_INEXACT) throw instance.inexact();
    instance.run((native) => native.setDotMode(outcome));
    if (binary === "relaxed") instance.#probe = outcome === PROBE_SIGNED ? "relaxed-signed" : "relaxed-unsigned";
    return instance;
  }

  /** Another instance of the same binary: memory that has grown is given back by leaving its instance. */
  another(): Promise<Instance> {
    return Instance.open(this.binary, this.#module);
  }

  get probe(): ProbeOutcome {
    return this.#probe;
  }

  /** Bytes of the whole memory. */
  get memoryBytes(): number {
    return this.#native.HEAPU8.byteLength;
  }

  /**
   * Probes again. The kernel runs in another compiler tier once it is warm, and engines exist where the tiers differ.
   */
  stillExact(): boolean {
    const expected = this.#probe === "relaxed-signed" ? PROBE_SIGNED : PROBE_UNSIGNED;
    return this.run((native) => native.probeDot()) === expected;
  }

  inexact(): KinvecError {
    return new KinvecError("PROBE_FAILED", `the ${this.binary} binary does not compute exactly on this machine`);
  }

  /** Runs `call` on the engine. Keep it to the call itself: whatever it throws is taken for the engine's end. */
  run<T>(call: (native: NativeModule) => T): T {
    if (this.#lost) {
      throw new KinvecError("ENGINE_LOST", "the engine stopped after an earlier failure; load the model again");
    }
    try {
      return call(this.#native);
    } catch (cause) {
      this.#lost = true;
      throw lossError(cause);
    }
  }

  /** Runs a call that answers a status, and throws what it reports. */
  check(call: (native: NativeModule) => Status): void {
    const { code, message, at } = this.run(call);
    if (code !== 0) throw new KinvecError(errorCodeOf(code), message, { at: at < 0 ? undefined : at });
  }

  /** Runs a call that answers a pointer to memory of `bytes`. Throws OUT_OF_MEMORY where there is none. */
  reserve(bytes: number, call: (native: NativeModule) => number): number {
    // Beyond 32 bits a size would wrap into a small one.
    const pointer = bytes <= kMostBytes ? this.run(call) : 0;
    if (pointer === 0) throw new KinvecError("OUT_OF_MEMORY", `the engine could not get ${bytes} bytes of memory`);
    return pointer;
  }

  /** Memory of `bytes`, for `use` only. Throws OUT_OF_MEMORY. */
  withMemory<T>(bytes: number, use: (pointer: number) => T): T {
    const pointer = this.reserve(bytes, (native) => native.allocate(bytes));
    try {
      return use(pointer);
    } finally {
      if (!this.#lost) this.run((native) => native.release(pointer));
    }
  }
}

async function instantiate(module: WebAssembly.Module): Promise<NativeModule> {
  let fail: (cause: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const ready = createKinvec({
    instantiateWasm(imports, receive) {
      WebAssembly.instantiate(module, imports).then((instance) => receive(instance, module), fail);
      return {};
    },
  });
  try {
    return await Promise.race([ready, failed]);
  } catch (cause) {
    throw lossError(cause);
  }
}

function lossError(cause: unknown): KinvecError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  // The core aborts in one case only, when operator new finds no memory; all else that ends an instance is a trap.
  if (/^Aborted\(|out of memory|could not allocate/i.test(reason)) {
    return new KinvecError("OUT_OF_MEMORY", "the engine ran out of memory; load the model again", { cause });
  }
  return new KinvecError("ENGINE_LOST", `the engine stopped: ${reason}; load the model again`, { cause });
}
