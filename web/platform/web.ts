// Pages, workers and service workers that have the binaries beside the script.
import type { BinaryName } from "../types.ts";
import { pagePlatform } from "./page.ts";
import type { Platform } from "./platform.ts";

// Not spread: esbuild keeps what a spread reads, even where nobody loads a model.
export const webPlatform: Platform = /* @__PURE__ */ Object.assign({}, pagePlatform, {
  // Written out, so that bundlers see the files and copy them; relative to the built script, which lies beside them.
  binaryUrl: (binary: BinaryName) =>
    binary === "relaxed"
      ? new URL("./kinvec-relaxed.wasm", import.meta.url)
      : new URL("./kinvec-simd128.wasm", import.meta.url),
});
