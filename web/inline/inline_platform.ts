// A platform whose binaries are part of the script.
import { packedBinary as packedEngine } from "kinvec-packed";
import { packedBinary as packedSearch } from "kinvec-search-packed";
import { checkOptions } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { pagePlatform } from "../platform/page.ts";
import type { Platform } from "../platform/platform.ts";
import type { WasmOptions } from "../types.ts";
import type { WorkerHost } from "../workers/host.ts";

type OwnBinary = <T extends { wasm?: WasmOptions | undefined }>(options: T | undefined) => Promise<T>;

/** Options with the script's own binary beside those that they name. */
function ownBinary(packed: string): OwnBinary {
  let unpacked: Promise<WebAssembly.Module> | undefined;
  return async <T extends { wasm?: WasmOptions | undefined }>(options: T | undefined) => {
    const { wasm, ...others } = checkOptions(options);
    unpacked ??= unpack(packed);
    return { ...others, wasm: { simd128: await unpacked, ...checkOptions(wasm, "options.wasm") } } as T;
  };
}

/** For a model, and for an index. */
export const withOwnEngine = /* @__PURE__ */ ownBinary(packedEngine);
export const withOwnSearch = /* @__PURE__ */ ownBinary(packedSearch);

async function unpack(text: string): Promise<WebAssembly.Module> {
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const bytes = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return WebAssembly.compile(await new Response(bytes).arrayBuffer());
}

// Not spread, as in platform/web.ts.
export const inlinePlatform: Platform = /* @__PURE__ */ Object.assign({}, pagePlatform, {
  binaryUrl(): URL {
    throw new KinvecError("INVALID_ARGUMENT", "kinvec/inline holds its binaries, and fetches none");
  },
});

/** One script has no other for workers. */
export const inlineHost: WorkerHost = {
  cores: () => undefined,

  start() {
    throw new KinvecError("INVALID_ARGUMENT", "kinvec/inline starts no workers");
  },
};
