// Builds dist/: the WebAssembly binaries, the JavaScript around them, and the types.
// Each part is left alone when nothing it is made from has changed.

import { readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { binaries, buildWasm, madeModules, wasmFiles, wasmHash } from "./lib/build_wasm.mjs";
import { withBuildLock } from "./lib/lock.mjs";
import { hashOf, isMain, root, runMain, setup, whenChanged } from "./lib/project.mjs";
import { writeVersions } from "./lib/versions.mjs";

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
  const recipe = hashOf(
    "tools/build.mjs",
    "tools/lib/bundle.mjs",
    "tools/lib/bundle_types.mjs",
    "tools/lib/versions.mjs",
  );
  const webHash = recipe + built + hashOf("web", "package.json", "tsconfig.json", "package-lock.json");
  await whenChanged("dist", webHash, ["dist/index.mjs", "dist/index.d.mts"], async () => {
    // Not there before the set-up has installed packages.
    const { bundle } = await import("./lib/bundle.mjs");
    const { bundleTypes } = await import("./lib/bundle_types.mjs");
    const modules = await bundle();
    await bundleTypes();
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
