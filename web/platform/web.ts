// Pages, workers and service workers that have the binaries beside the script.
import { pagePlatform } from "./page.ts";
import type { Platform } from "./platform.ts";

export const webPlatform: Platform = {
  ...pagePlatform,

  // Written out, so that bundlers see the files and copy them; relative to the built script, which lies beside them.
  binaryUrl: (binary) =>
    binary === "relaxed"
      ? new URL("./kinvec-relaxed.wasm", import.meta.url)
      : new URL("./kinvec-simd128.wasm", import.meta.url),
};
