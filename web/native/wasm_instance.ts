// One running copy of a binary, with its own memory. Anything thrown inside marks it lost for good.
import { errorCodeOf, KinvecError } from "../errors.ts";
import { isA } from "../realms.ts";
import { messageOf } from "../source/byte_source.ts";
import { keepingAwake } from "./awake.ts";
import type { GlueOptions } from "./glue.ts";
import type { NativeMemory, Status } from "./module.ts";

/** What a 32-bit memory can hold at most. */
const kMostBytes = 2 ** 32 - 2 ** 16;

export class WasmInstance<Native extends NativeMemory> {
  readonly #native: Native;
  #lost = false;

  constructor(native: Native) {
    this.#native = native;
  }

  /** Bytes of the whole memory. */
  get memoryBytes(): number {
    return this.#native.HEAPU8.byteLength;
  }

  protected get lost(): boolean {
    return this.#lost;
  }

  /** Runs `call` on the engine. Keep it to the call itself: whatever it throws is taken for the engine's end. */
  run<T>(call: (native: Native) => T): T {
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
  check(call: (native: Native) => Status): void {
    const { code, message, at } = this.run(call);
    if (code !== 0) throw new KinvecError(errorCodeOf(code), message, { at: at < 0 ? undefined : at });
  }

  /** Runs a call that answers a pointer to memory of `bytes`. Throws OUT_OF_MEMORY where there is none. */
  reserve(bytes: number, call: (native: Native) => number): number {
    // Beyond 32 bits a size would wrap into a small one.
    const pointer = bytes <= kMostBytes ? this.run(call) : 0;
    if (pointer === 0) throw new KinvecError("OUT_OF_MEMORY", `the engine could not get ${bytes} bytes of memory`);
    return pointer;
  }
}

type CreateModule<Native> = (options: GlueOptions) => Promise<Native>;

/** Runs a compiled binary by its glue. Rejects with FETCH_FAILED, OUT_OF_MEMORY or ENGINE_LOST. */
export async function instantiate<Native>(create: CreateModule<Native>, module: WebAssembly.Module): Promise<Native> {
  let fail: (cause: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const ready = create({
    instantiateWasm(imports, receive) {
      keepingAwake(WebAssembly.instantiate(module, imports))
        .then((instance) => receive(instance, module))
        .catch((cause) => fail(startError(cause)));
      return {};
    },
  });
  try {
    return await Promise.race([ready, failed]);
  } catch (cause) {
    throw cause instanceof KinvecError ? cause : lossError(cause);
  }
}

/** Imports or exports of another binary, or a policy: WebKit compiles what it then refuses to instantiate. */
function startError(cause: unknown): KinvecError {
  if (isOutOfMemory(cause)) return lossError(cause);
  const isAnother = isA(cause, "Error") && /^(Link|Type)Error$/.test(cause.name);
  const hint = isAnother ? " (is it the one for this call?)" : "";
  const message = `the binary could not be started${hint}: ${messageOf(cause)}`;
  return new KinvecError("FETCH_FAILED", message, { cause });
}

function lossError(cause: unknown): KinvecError {
  if (isOutOfMemory(cause)) {
    return new KinvecError("OUT_OF_MEMORY", "the engine ran out of memory; load the model again", { cause });
  }
  return new KinvecError("ENGINE_LOST", `the engine stopped: ${messageOf(cause)}; load the model again`, { cause });
}

/** The core aborts in one case only, when operator new finds no memory; all else that ends an instance is a trap. */
function isOutOfMemory(cause: unknown): boolean {
  return /^Aborted\(|out of memory|could not allocate/i.test(messageOf(cause));
}
