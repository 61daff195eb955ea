import { copyFile } from "node:fs/promises";
import { build } from "esbuild";

await build({ entryPoints: ["main.js"], bundle: true, minify: true, outdir: "dist" });
for (const name of ["kinvec-relaxed.wasm", "kinvec-simd128.wasm", "worker.mjs"]) {
  await copyFile(`node_modules/kinvec/dist/${name}`, `dist/${name}`);
}
