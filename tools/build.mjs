// Builds dist/: two WebAssembly binaries by CMake, the JavaScript around them by esbuild, the types by tsc.
// Each part is left alone when nothing it is made from has changed.

import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { hashOf, isMain, root, run, runMain, setup, toolEnvironment, whenChanged } from "./lib/project.mjs";

const binaries = ["relaxed", "simd128"];
const glue = "build/wasm/kinvec-glue.mjs";
const wasmFiles = binaries.map((name) => `build/wasm/kinvec-${name}.wasm`);

// Each entry becomes dist/<name>.mjs and, but for the command-line program, dist/<name>.cjs.
const entries = [
  { name: "index", source: "web/index.ts", platform: "browser" },
  { name: "node", source: "web/node.ts", platform: "node" },
  { name: "search", source: "web/search.ts", platform: "browser" },
  { name: "convert", source: "web/convert/index.ts", platform: "browser" },
  { name: "cli", source: "web/cli/main.ts", platform: "node", esmOnly: true },
];

async function buildWasm() {
  const env = toolEnvironment();
  for (const name of binaries) {
    run("cmake", ["--preset", `wasm-${name}`, "--log-level=WARNING"], { env, stdio: "pipe", encoding: "utf8" });
    run("cmake", ["--build", "--preset", `wasm-${name}`], { env });
  }
  const [first, second] = binaries.map((name) => readFileSync(path.join(root, `build/wasm-${name}/kinvec.mjs`)));
  if (!first.equals(second))
    throw new Error("the two binaries need different glue: their imports or exports have drifted apart");
  mkdirSync(path.join(root, "build/wasm"), { recursive: true });
  writeFileSync(path.join(root, glue), first);
  for (const name of binaries) {
    copyFileSync(path.join(root, `build/wasm-${name}/kinvec.wasm`), path.join(root, `build/wasm/kinvec-${name}.wasm`));
  }
  validate();
}

/** Compiles both binaries in the engine itself: a toolchain can emit what no engine takes. */
function validate() {
  const flags = Number.parseInt(process.versions.node, 10) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];
  const script = `
    const { readFileSync } = require("node:fs");
    for (const file of process.argv.slice(1)) new WebAssembly.Module(readFileSync(file));`;
  run(process.execPath, [...flags, "-e", script, ...wasmFiles]);
}

async function bundle() {
  const esbuild = await import("esbuild");
  rmSync(path.join(root, "dist"), { recursive: true, force: true });
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    target: "es2022",
    alias: { "kinvec-glue": path.join(root, glue) },
    legalComments: "none",
    logLevel: "warning",
  };
  for (const { name, source, platform, esmOnly } of entries) {
    await esbuild.build({
      ...common,
      entryPoints: [source],
      platform,
      format: "esm",
      outfile: `dist/${name}.mjs`,
      external: ["node:*"],
      ...(name === "cli" ? { banner: { js: "#!/usr/bin/env node" } } : {}),
    });
    if (esmOnly) continue;
    await esbuild.build({
      ...common,
      entryPoints: [source],
      platform,
      format: "cjs",
      outfile: `dist/${name}.cjs`,
      external: ["node:*"],
      ...urlOfCommonJs(platform),
    });
  }
  chmodSync(path.join(root, "dist/cli.mjs"), 0o755);
  for (const file of wasmFiles) copyFileSync(path.join(root, file), path.join(root, "dist", path.basename(file)));
}

/** CommonJS has no import.meta.url: Node.js knows the file's name, a bundled web page the running script's address. */
function urlOfCommonJs(platform) {
  const url =
    platform === "node"
      ? `require("node:url").pathToFileURL(__filename).href`
      : `(typeof document!=="undefined"&&document.currentScript?.src||typeof location!=="undefined"&&location.href)`;
  return { define: { "import.meta.url": "__kinvecUrl" }, banner: { js: `var __kinvecUrl=${url};` } };
}

/** Types once for ES modules and once more, the same text, where package.json calls them CommonJS. */
function emitTypes() {
  run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "--project", "tsconfig.json"]);
  const types = path.join(root, "dist/types");
  for (const name of readdirSync(types, { recursive: true })) {
    const file = path.join(types, name);
    if (!statSync(file).isFile()) continue;
    // Declarations keep the .ts of the sources' import paths; consumers' compilers expect .js.
    writeFileSync(file, readFileSync(file, "utf8").replace(/(["'])(\.{1,2}\/[^"']*)\.ts\1/g, "$1$2.js$1"));
  }
  const commonJs = path.join(root, "dist/types-cjs");
  cpSync(types, commonJs, { recursive: true });
  writeFileSync(path.join(commonJs, "package.json"), '{ "type": "commonjs" }\n');
}

function reportSizes() {
  const brotli = (file) =>
    brotliCompressSync(readFileSync(path.join(root, "dist", file)), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
    }).length;
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const [script, ...wasm] = ["index.mjs", "kinvec-relaxed.wasm", "kinvec-simd128.wasm"].map(brotli);
  process.stdout.write(
    `build: after brotli, JavaScript ${kilobytes(script)}, relaxed ${kilobytes(wasm[0])}, simd128 ${kilobytes(wasm[1])}\n`,
  );
}

/** Builds all that has changed. */
export async function build() {
  const recipe = hashOf("tools/build.mjs", "CMakeLists.txt", "CMakePresets.json");
  const wasmHash = recipe + hashOf("src", "bindings") + toolEnvironment().EMSCRIPTEN_ROOT;
  await whenChanged("wasm", wasmHash, [glue, ...wasmFiles], buildWasm);

  const webHash = recipe + hashOf("web", "package.json", "tsconfig.json", "package-lock.json", glue, ...wasmFiles);
  const outputs = [...entries.map(({ name }) => `dist/${name}.mjs`), "dist/types-cjs/index.d.ts"];
  await whenChanged("dist", webHash, outputs, async () => {
    await bundle();
    emitTypes();
    reportSizes();
  });
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    setup("build");
    await build();
  });
}
