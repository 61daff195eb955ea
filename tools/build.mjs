// Builds dist/: the WebAssembly binaries, the JavaScript around them, and the types by tsc.
// Each part is left alone when nothing it is made from has changed.

import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { binaries, buildWasm, madeModules, wasmFiles, wasmHash } from "./lib/build_wasm.mjs";
import { withBuildLock } from "./lib/lock.mjs";
import { hashOf, isMain, root, run, runMain, setup, whenChanged } from "./lib/project.mjs";
import { writeVersions } from "./lib/versions.mjs";

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
  await whenChanged("wasm", wasmHash(), [...Object.values(madeModules), ...wasmFiles], buildWasm);

  const built = hashOf(...Object.values(madeModules), ...wasmFiles);
  const recipe = hashOf("tools/build.mjs", "tools/lib/bundle.mjs", "tools/lib/versions.mjs");
  const webHash = recipe + built + hashOf("web", "package.json", "tsconfig.json", "package-lock.json");
  await whenChanged("dist", webHash, ["dist/index.mjs", "dist/types-cjs/package.json"], async () => {
    // Not there before the set-up has installed packages.
    const { bundle } = await import("./lib/bundle.mjs");
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
