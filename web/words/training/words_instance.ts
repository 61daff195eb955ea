// A running copy of the binary that trains word vectors.
import createWords from "kinvec-words-glue";
import { instantiate, WasmInstance } from "../../native/wasm_instance.ts";
import type { NativeWordsModule } from "../../native/words_module.ts";

/** A fresh instance. Rejects with FETCH_FAILED, OUT_OF_MEMORY. */
export async function openWordsInstance(module: WebAssembly.Module): Promise<WasmInstance<NativeWordsModule>> {
  return new WasmInstance(await instantiate(createWords, module));
}
