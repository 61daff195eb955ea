// The WebAssembly binaries by CMake, and the modules made of what it writes.

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { hashOf, root, run, toolEnvironment } from "./project.mjs";

export const binaries = ["relaxed", "simd128"];
// The modules that CMake links: those in both forms, and those that multiply no int8, which one form is enough for.
const dual = ["kinvec", "kinvec-search"];
const single = ["kinvec-training", "kinvec-words"];
// Modules that the build makes, by the name under which the sources import them.
const madeModule = (name) => [name, `build/wasm/${name}.mjs`];
const glues = Object.fromEntries([...dual, ...single].map((name) => madeModule(`${name}-glue`)));
const packed = Object.fromEntries(dual.map((name) => madeModule(`${name}-packed`)));
export const madeModules = { ...glues, ...packed };
const dualFiles = dual.flatMap((name) => binaries.map((binary) => `build/wasm/${name}-${binary}.wasm`));
export const wasmFiles = [...dualFiles, ...single.map((name) => `build/wasm/${name}.wasm`)];

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
  mkdirSync(path.join(root, "build/wasm"), { recursive: true });
  const copy = (from, to) => copyFileSync(path.join(root, "build", from), path.join(root, to));
  for (const name of dual) {
    const [first, second] = binaries.map((binary) => readFileSync(path.join(root, `build/wasm-${binary}/${name}.mjs`)));
    if (!first.equals(second)) {
      throw new Error(`the two binaries of ${name} need different glue: their imports or exports have drifted apart`);
    }
    for (const binary of binaries) copy(`wasm-${binary}/${name}.wasm`, `build/wasm/${name}-${binary}.wasm`);
  }
  for (const name of single) copy(`wasm-simd128/${name}.wasm`, `build/wasm/${name}.wasm`);
  for (const name of [...dual, ...single]) copy(`wasm-simd128/${name}.mjs`, glues[`${name}-glue`]);
  validate();
  for (const name of dual) pack(name);
}

/** The SIMD128 binary as text in a module. */
function pack(name) {
  const binary = readFileSync(path.join(root, `build/wasm/${name}-simd128.wasm`));
  const text = gzipSync(binary, { level: 9 }).toString("base64");
  writeFileSync(path.join(root, packed[`${name}-packed`]), `export const packedBinary = "${text}";\n`);
}

/** Compiles all binaries in the engine itself: a toolchain can emit what no engine takes. */
function validate() {
  const flags = Number.parseInt(process.versions.node, 10) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];
  const script = `
    const { readFileSync } = require("node:fs");
    for (const file of process.argv.slice(1)) new WebAssembly.Module(readFileSync(file));`;
  run(process.execPath, [...flags, "-e", script, ...wasmFiles]);
}
