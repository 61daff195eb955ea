// dist/versions.json: with what the binaries were made, and what they and the scripts must be byte for byte.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root, toolEnvironment } from "./project.mjs";

/** Writes the file. `binaries`: names of the presets without `wasm-`. */
export function writeVersions(dist, binaries) {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const files = readdirSync(dist, { recursive: true })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => /\.(wasm|mjs|cjs)$/.test(name))
    .sort();
  const text = JSON.stringify(
    {
      kinvec: version,
      emscripten: firstLine("emcc", "--version"),
      flags: Object.fromEntries(binaries.map((name) => [name, flagsOf(name)])),
      sha256: Object.fromEntries(files.map((name) => [name, sha256(path.join(dist, name))])),
    },
    null,
    2,
  );
  writeFileSync(path.join(dist, "versions.json"), `${text}\n`);
}

/** As the build runs them; sources that are cold have more after these. */
function flagsOf(binary) {
  const ninja = readFileSync(path.join(root, `build/wasm-${binary}/build.ninja`), "utf8");
  const distinct = (pattern) => [...new Set([...ninja.matchAll(pattern)].map(([, flags]) => flags.trim()))];
  return {
    compile: distinct(/^ {2}FLAGS = (.*-msimd128.*)$/gm),
    link: distinct(/^ {2}LINK_FLAGS = (.*-lembind.*)$/gm),
  };
}

function firstLine(program, ...args) {
  const { stdout } = spawnSync(program, args, { env: toolEnvironment(), encoding: "utf8" });
  return stdout.split("\n", 1)[0].trim();
}

function sha256(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
