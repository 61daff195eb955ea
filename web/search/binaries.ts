// Where the package's own binaries for indexes lie.
import type { BinaryName } from "../types.ts";

// Written out, so that bundlers see the files and copy them; relative to the built script, which lies beside them.
export const searchBinaryUrl = (binary: BinaryName): URL =>
  binary === "relaxed"
    ? new URL("./kinvec-search-relaxed.wasm", import.meta.url)
    : new URL("./kinvec-search-simd128.wasm", import.meta.url);
