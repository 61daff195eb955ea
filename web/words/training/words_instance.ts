// The binary that trains word vectors, which nothing else needs: it comes when the first training begins.
import createWords from "kinvec-words-glue";
import { compileBinary } from "../../native/compile.ts";
import { instantiate, WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeWordsModule } from "../../native/words_module.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WasmOptions } from "../../types.ts";

/** A fresh instance. Rejects with FETCH_FAILED, OUT_OF_MEMORY, INVALID_ARGUMENT. */
export async function openWordsInstance(
  platform: Platform,
  wasm: WasmOptions | undefined,
): Promise<WasmInstance<NativeWordsModule>> {
  // Written out, so that bundlers see the file and copy it; relative to the built script, which lies beside it.
  const url = new URL("./kinvec-words.wasm", import.meta.url);
  const module = await compileBinary(platform, "words", () => url, wasm);
  return new WasmInstance(await instantiate(createWords, module));
}
