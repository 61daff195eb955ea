import { build } from "esbuild";

// The files that the script looks for beside itself.
const beside = ["kinvec-relaxed.wasm", "kinvec-simd128.wasm", "worker.mjs"];

await build({
  entryPoints: ["main.js", ...beside.map((name) => `node_modules/kinvec/dist/${name}`)],
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  loader: { ".wasm": "copy" },
});
