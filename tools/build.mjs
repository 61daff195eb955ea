// Builds dist/: the WebAssembly binaries by CMake, the JavaScript around them by esbuild, the types by tsc.
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
import { withBuildLock } from "./lib/lock.mjs";
import { hashOf, isMain, root, run, runMain, setup, toolEnvironment, whenChanged } from "./lib/project.mjs";

const binaries = ["relaxed", "simd128"];
const glues = { "kinvec-glue": "build/wasm/kinvec-glue.mjs", "kinvec-training-glue": "build/wasm/training-glue.mjs" };
const wasmFiles = [...binaries, "training"].map((name) => `build/wasm/kinvec-${name}.wasm`);

// What package.json exports, by output name, for pages and for Node.js.  Each exists as ES module and as CommonJS.
const entries = {
  browser: {
    index: "web/index.ts",
    search: "web/search.ts",
    tokenizers: "web/tokenizers/index.ts",
    convert: "web/convert/index.ts",
  },
  node: {
    node: "web/node.ts",
    "search.node": "web/search.node.ts",
    "tokenizers.node": "web/tokenizers/index.node.ts",
    "convert.node": "web/convert/index.node.ts",
  },
};
const program = { cli: "web/cli/main.ts" };
// Scripts of workers: each one file, for pages that host it elsewhere.
const workers = { browser: { worker: "web/worker.ts" }, node: { "worker.node": "web/worker.node.ts" } };

async function buildWasm() {
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
}

/** Compiles all binaries in the engine itself: a toolchain can emit what no engine takes. */
function validate() {
  const flags = Number.parseInt(process.versions.node, 10) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];
  const script = `
    const { readFileSync } = require("node:fs");
    for (const file of process.argv.slice(1)) new WebAssembly.Module(readFileSync(file));`;
  run(process.execPath, [...flags, "-e", script, ...wasmFiles]);
}

/** @returns {Promise<import("esbuild").Metafile>} of the ES modules for pages */
async function bundle() {
  const { build: esbuild } = await import("esbuild");
  rmSync(path.join(root, "dist"), { recursive: true, force: true });
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    target: "es2022",
    outdir: "dist",
    alias: Object.fromEntries(Object.entries(glues).map(([name, file]) => [name, path.join(root, file)])),
    legalComments: "none",
    logLevel: "warning",
  };
  // Entries share chunks, so that a page with the engine and the index loads the common part once.
  const modules = {
    ...common,
    format: "esm",
    splitting: true,
    chunkNames: "shared-[hash]",
    outExtension: { ".js": ".mjs" },
  };
  const commonJs = { ...common, format: "cjs", outExtension: { ".js": ".cjs" } };
  const { metafile } = await esbuild({ ...modules, platform: "browser", entryPoints: entries.browser, metafile: true });
  await esbuild({ ...modules, platform: "node", entryPoints: { ...entries.node, ...program } });
  for (const [platform, entryPoints] of Object.entries(workers)) {
    await esbuild({ ...modules, splitting: false, platform, entryPoints });
  }
  for (const [platform, entryPoints] of Object.entries(entries)) {
    await esbuild({ ...commonJs, platform, entryPoints, ...urlOfCommonJs(platform) });
  }
  const cli = path.join(root, "dist/cli.mjs");
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, "utf8")}`);
  chmodSync(cli, 0o755);
  for (const file of wasmFiles) copyFileSync(path.join(root, file), path.join(root, "dist", path.basename(file)));
  return metafile;
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

function reportSizes(metafile) {
  const brotli = (file) =>
    brotliCompressSync(readFileSync(path.join(root, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
      .length;
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const script = [...staticImports(metafile, "dist/index.mjs")].reduce((sum, file) => sum + brotli(file), 0);
  const sizes = wasmFiles.map((file) => `${path.basename(file)} ${kilobytes(brotli(file))}`);
  process.stdout.write(`build: after brotli, JavaScript ${kilobytes(script)}, ${sizes.join(", ")}\n`);
}

/** An output file and all that it imports at once, not on demand. */
function staticImports(metafile, file, found = new Set()) {
  found.add(file);
  for (const { path: imported, kind } of metafile.outputs[file].imports) {
    if (kind === "import-statement" && !found.has(imported)) staticImports(metafile, imported, found);
  }
  return found;
}

/** Builds all that has changed. */
export function build() {
  return withBuildLock(buildChanged);
}

async function buildChanged() {
  const recipe = hashOf("tools/build.mjs", "CMakeLists.txt", "CMakePresets.json");
  const wasmHash = recipe + hashOf("src", "bindings") + toolEnvironment().EMSCRIPTEN_ROOT;
  await whenChanged("wasm", wasmHash, [...Object.values(glues), ...wasmFiles], buildWasm);

  const built = hashOf(...Object.values(glues), ...wasmFiles);
  const webHash = recipe + built + hashOf("web", "package.json", "tsconfig.json", "package-lock.json");
  await whenChanged("dist", webHash, ["dist/index.mjs", "dist/types-cjs/package.json"], async () => {
    const metafile = await bundle();
    emitTypes();
    reportSizes(metafile);
  });
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    setup("build");
    await build();
  });
}
