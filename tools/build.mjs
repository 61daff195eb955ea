// Builds dist/: the WebAssembly binaries by CMake, the JavaScript around them by Rolldown, the types by tsc.
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
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { withBuildLock } from "./lib/lock.mjs";
import { hashOf, isMain, root, run, runMain, setup, toolEnvironment, whenChanged } from "./lib/project.mjs";
import { writeVersions } from "./lib/versions.mjs";

const binaries = ["relaxed", "simd128"];
// Modules that the build makes, by the name under which the sources import them.
const glues = { "kinvec-glue": "build/wasm/kinvec-glue.mjs", "kinvec-training-glue": "build/wasm/training-glue.mjs" };
const packedBinary = { "kinvec-packed-binary": "build/wasm/packed-binary.mjs" };
const madeModules = { ...glues, ...packedBinary };
const wasmFiles = [...binaries, "training"].map((name) => `build/wasm/kinvec-${name}.wasm`);

// What package.json exports, by output name; each exists as ES module and as CommonJS.  What one entry needs of another
// it imports from that one's file, the first in this list that has it: no file but these, and nothing twice.
const entries = {
  index: "web/index.ts",
  tokenizers: "web/tokenizers/index.ts",
  search: "web/search.ts",
  convert: "web/convert/index.ts",
  node: "web/node.ts",
  "search.node": "web/search.node.ts",
  "tokenizers.node": "web/tokenizers/index.node.ts",
  "convert.node": "web/convert/index.node.ts",
};
const program = { cli: "web/cli/main.ts", "worker.node": "web/worker.node.ts" };
// Each stands alone, for pages that host it elsewhere or have one file only.
const standAlone = { worker: "web/worker.ts", inline: "web/inline/index.ts" };

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

/** @returns {Promise<{ fileName: string, imports: string[] }[]>} the ES modules */
async function bundle() {
  rmSync(path.join(root, "dist"), { recursive: true, force: true });
  const modules = await write({ ...entries, ...program }, { format: "esm", entryFileNames: "[name].mjs" });
  await write(entries, { format: "cjs", entryFileNames: "[name].cjs", intro: `var ${kOwnUrl}=${urlOfCommonJs};` });
  for (const [name, file] of Object.entries(standAlone)) {
    await write({ [name]: file }, { format: "esm", entryFileNames: "[name].mjs" });
  }
  await write({ inline: standAlone.inline }, { format: "cjs", entryFileNames: "[name].cjs" });
  const cli = path.join(root, "dist/cli.mjs");
  writeFileSync(cli, `#!/usr/bin/env node\n${readFileSync(cli, "utf8")}`);
  chmodSync(cli, 0o755);
  for (const file of wasmFiles) copyFileSync(path.join(root, file), path.join(root, "dist", path.basename(file)));
  return modules;
}

// CommonJS has no import.meta.url: Node.js knows the file's name, a bundled web page the running script's address.
const kOwnUrl = "__kinvecUrl";
const urlOfCommonJs =
  `typeof document!=="undefined"&&document.currentScript?.src||` +
  `(typeof process!=="undefined"&&process.versions?.node` +
  `?"file:///"+__filename.split(/[\\\\/]/).map(encodeURIComponent).join("/").replace(/^\\//,"")` +
  `:typeof location!=="undefined"&&location.href)`;

/** The minifier writes strings as templates; some bundlers find files only by `new URL("...", import.meta.url)`. */
const urlsInQuotes = {
  name: "urls-in-quotes",
  generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      file.code = file.code.replace(/new URL\(`([^`$]*)`,/g, 'new URL("$1",');
    }
  },
};

async function write(input, output) {
  const { rolldown } = await import("rolldown");
  const bundled = await rolldown({
    cwd: root,
    input,
    platform: "neutral",
    external: /^node:/,
    preserveEntrySignatures: "allow-extension",
    resolve: {
      alias: Object.fromEntries(Object.entries(madeModules).map(([name, file]) => [name, path.join(root, file)])),
    },
    transform: { target: "es2022", ...(output.intro && { define: { "import.meta.url": kOwnUrl } }) },
    plugins: [urlsInQuotes],
    onLog: (level, log, handle) => (level === "warn" ? handle("error", log) : handle(level, log)),
  });
  const groups = Object.entries(input).map(([name, file], at, all) => ({
    name,
    test: (id) => id === path.join(root, file),
    priority: all.length - at,
  }));
  const codeSplitting = { includeDependenciesRecursively: true, groups };
  const written = await bundled.write({ dir: "dist", minify: true, comments: false, codeSplitting, ...output });
  await bundled.close();
  return written.output;
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

function reportSizes(modules) {
  const brotli = (file) =>
    brotliCompressSync(readFileSync(path.join(root, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
      .length;
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const { imports } = modules.find(({ fileName }) => fileName === "index.mjs");
  if (imports.length) throw new Error(`index.mjs is not one file: it imports ${imports.join(", ")}`);
  const sizes = wasmFiles.map((file) => `${path.basename(file)} ${kilobytes(brotli(file))}`);
  process.stdout.write(`build: after brotli, JavaScript ${kilobytes(brotli("dist/index.mjs"))}, ${sizes.join(", ")}\n`);
}

/** Builds all that has changed. */
export function build() {
  return withBuildLock(buildChanged);
}

async function buildChanged() {
  const recipe = hashOf("tools/build.mjs", "CMakeLists.txt", "CMakePresets.json");
  const wasmHash = recipe + hashOf("src", "bindings") + toolEnvironment().EMSCRIPTEN_ROOT;
  await whenChanged("wasm", wasmHash, [...Object.values(madeModules), ...wasmFiles], buildWasm);

  const built = hashOf(...Object.values(madeModules), ...wasmFiles);
  const webHash = recipe + built + hashOf("web", "package.json", "tsconfig.json", "package-lock.json");
  await whenChanged("dist", webHash, ["dist/index.mjs", "dist/types-cjs/package.json"], async () => {
    const modules = await bundle();
    emitTypes();
    writeVersions(path.join(root, "dist"), binaries);
    reportSizes(modules);
  });
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    setup("build");
    await build();
  });
}
