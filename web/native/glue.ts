// What Emscripten's glue, the script that runs a binary, is given.

export interface GlueOptions {
  /** Instantiates the binary and hands the instance over; the glue locates and fetches nothing itself. */
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  print?: (line: string) => void;
  printErr?: (line: string) => void;
}
