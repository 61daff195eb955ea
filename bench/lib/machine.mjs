// What the results were measured with.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { bench, cache } from "./paths.mjs";

export function machine() {
  const { model } = cpus()[0];
  let vnni = "";
  try {
    const flags = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1].split(" ") ?? [];
    vnni = `, AVX-VNNI: ${flags.includes("avx_vnni") ? "yes" : "no"}`;
  } catch {
    // Not Linux: nothing to say.
  }
  return `${model} (${cpus().length} cores${vnni}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;
}

export function versionOfKinvec() {
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: bench, encoding: "utf8" }).stdout?.trim();
  return `kinvec ${commit ?? ""}`.trim();
}

/** Node.js 24 where tools/setup.sh has brought it, else the one that runs this. */
export function node24() {
  if (process.versions.node.startsWith("24.")) return process.execPath;
  const brought = path.join(cache, "node-24/bin/node");
  return existsSync(brought) ? brought : process.execPath;
}
