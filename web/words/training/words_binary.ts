// The binary that trains word vectors, which nothing else needs: it comes when the first training begins.
import { compileBinary } from "../../native/compile.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WasmOptions } from "../../types.ts";

/** Rejects with FETCH_FAILED, INVALID_ARGUMENT. */
export function compileWords(platform: Platform, wasm: WasmOptions | undefined): Promise<WebAssembly.Module> {
  // Written out, so that bundlers see the file and copy it; relative to the built script, which lies beside it.
  const url = new URL("./kinvec-words.wasm", import.meta.url);
  return compileBinary(platform, "words", () => url, wasm);
}
