// The WebAssembly binaries by CMake, and the modules made of what it writes.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { hashOf, root, run, toolEnvironment } from "./project.mjs";

export const binaries = ["relaxed", "simd128"];
// Modules that the build makes, by the name under which the sources import them.
const glues = { "kinvec-glue": "build/wasm/kinvec-glue.mjs", "kinvec-training-glue": "build/wasm/training-glue.mjs" };
const packedBinary = { "kinvec-packed-binary": "build/wasm/packed-binary.mjs" };
export const madeModules = { ...glues, ...packedBinary };
export const wasmFiles = [...binaries, "training"].map((name) => `build/wasm/kinvec-${name}.wasm`);

/** Changes whenever the binaries have to be built anew. */
export function wasmHash() {
  const recipe = hashOf("tools/lib/build_wasm.mjs", "CMakeLists.txt", "CMakePresets.json");
  return recipe + hashOf("src", "bindings") + toolEnvironment().EMSCRIPTEN_ROOT;
}

export function buildWasm() {
  const env = toolEnvironment();
  for (const name of binaries) {
    run("cmake", ["--preset", `wasm-${name}`, "--log-level=WARNING"], { env, stdio: "pipe", encoding: "utf8" });
    process.stdout.write(`build: compiling the ${name} binary\n`);
    run("cmake", ["--build", "--preset", `wasm-${name}`, "--", "--quiet"], { env, stdio: "pipe", encoding: "utf8" });
  }
  const [first, second] = binaries.map((name) => readFileSync(path.join(root, `build/wasm-${name}/kinvec.mjs`)));
  if (!first.equals(second))
    throw new Error("the two binaries need different glue: their imports or exports have drifted apart");
  mkdirSync(path.join(root, "build/wasm"), { recursive: true });
  const copy = (from, to) => copyFileSync(path.join(root, "build", from), path.join(root, to));
  for (const name of binaries) copy(`wasm-${name}/kinvec.wasm`, `build/wasm/kinvec-${name}.wasm`);
  copy("wasm-simd128/kinvec-training.wasm", "build/wasm/kinvec-training.wasm");
  copy("wasm-simd128/kinvec.mjs", glues["kinvec-glue"]);
  copy("wasm-simd128/kinvec-training.mjs", glues["kinvec-training-glue"]);
  validate();
  const simd128 = readFileSync(path.join(root, "build/wasm/kinvec-simd128.wasm"));
  const packed = gzipSync(simd128, { level: 9 }).toString("base64");
  writeFileSync(path.join(root, packedBinary["kinvec-packed-binary"]), `export const packedBinary = "${packed}";\n`);
}

/** Compiles all binaries in the engine itself: a toolchain can emit what no engine takes. */
function validate() {
  const flags = Number.parseInt(process.versions.node, 10) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];
  const script = `
    const { readFileSync } = require("node:fs");
    for (const file of process.argv.slice(1)) new WebAssembly.Module(readFileSync(file));`;
  run(process.execPath, [...flags, "-e", script, ...wasmFiles]);
}
