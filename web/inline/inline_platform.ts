// A platform whose binary is part of the script.
import { packedBinary } from "kinvec-packed-binary";
import { checkOptions } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { pagePlatform } from "../platform/page.ts";
import type { Platform } from "../platform/platform.ts";
import type { WasmOptions } from "../types.ts";
import type { WorkerHost } from "../workers/host.ts";

let unpacked: Promise<WebAssembly.Module> | undefined;

/** Options with the script's own binary beside those that they name. */
export async function withOwnBinary<T extends { wasm?: WasmOptions | undefined }>(options: T | undefined): Promise<T> {
  const { wasm, ...others } = checkOptions(options);
  unpacked ??= unpack();
  return { ...others, wasm: { simd128: await unpacked, ...checkOptions(wasm, "options.wasm") } } as T;
}

async function unpack(): Promise<WebAssembly.Module> {
  const packed = Uint8Array.from(atob(packedBinary), (character) => character.charCodeAt(0));
  const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(bytes).arrayBuffer());
}

// Not spread, as in platform/web.ts.
export const inlinePlatform: Platform = /* @__PURE__ */ Object.assign({}, pagePlatform, {
  binaryUrl(): URL {
    throw new KinvecError("INVALID_ARGUMENT", "kinvec/inline holds one binary, and fetches none");
  },
});

/** One script has no other for workers. */
export const inlineHost: WorkerHost = {
  cores: () => undefined,

  start() {
    throw new KinvecError("INVALID_ARGUMENT", "kinvec/inline starts no workers");
  },
};
