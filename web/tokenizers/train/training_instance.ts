// The binary that trains, which nothing else needs: it comes when the first training begins.
import createTraining from "kinvec-training-glue";
import { compileBinary } from "../../native/compile.ts";
import type { NativeTrainingModule } from "../../native/training_module.ts";
import { instantiate, WasmInstance } from "../../native/wasm_instance.ts";
import type { Platform } from "../../platform/platform.ts";
import type { WasmOptions } from "../../types.ts";

/** A fresh instance. Rejects with FETCH_FAILED, OUT_OF_MEMORY, INVALID_ARGUMENT. */
export async function openTrainingInstance(
  platform: Platform,
  wasm: WasmOptions | undefined,
): Promise<WasmInstance<NativeTrainingModule>> {
  // Written out, so that bundlers see the file and copy it; relative to the built script, which lies beside it.
  const url = new URL("./kinvec-training.wasm", import.meta.url);
  const module = await compileBinary(platform, "training", () => url, wasm);
  return new WasmInstance(await instantiate(createTraining, module));
}
