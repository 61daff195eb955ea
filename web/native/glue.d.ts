// The Emscripten glue, an alias that the build points at its output. One file serves both binaries.
declare module "kinvec-glue" {
  import type { NativeModule } from "./module.ts";

  export interface GlueOptions {
    /** Instantiates the binary and hands the instance over; the glue locates and fetches nothing itself. */
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
    print?: (line: string) => void;
    printErr?: (line: string) => void;
  }

  export default function createKinvec(options: GlueOptions): Promise<NativeModule>;
}
