// What this machine's processor lets V8 do with the relaxed dot product.

import { existsSync, readFileSync } from "node:fs";

/**
 * Whether V8 computes the relaxed dot of 8-bit values exactly here: on ARM always, on x86 with AVX-VNNI (AVX-512's
 * VNNI is not used by V8).  Undefined where the system does not tell.
 */
export function v8DotIsExact() {
  if (process.arch === "arm64") return true;
  if (process.arch !== "x64" || !existsSync("/proc/cpuinfo")) return undefined;
  return /^flags\s*:.*\bavx_vnni(_int8)?\b/m.test(readFileSync("/proc/cpuinfo", "utf8"));
}
