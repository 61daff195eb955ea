// One running copy of the binary that searches: its own memory, one index.
import createSearch from "kinvec-search-glue";
import type { BinaryName } from "../types.ts";
import { ProbedInstance } from "./probed_instance.ts";
import type { NativeSearchModule } from "./search_module.ts";
import { instantiate } from "./wasm_instance.ts";

export class SearchInstance extends ProbedInstance<NativeSearchModule> {
  /** Instantiates a compiled binary. Rejects with PROBE_FAILED where it is not exact. */
  static async open(binary: BinaryName, module: WebAssembly.Module): Promise<SearchInstance> {
    return new SearchInstance(await instantiate(createSearch, module), binary, "auto");
  }
}
