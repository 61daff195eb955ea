// What nobody uses does not end up in a bundle.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import resolve from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { makeProject } from "./project.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

const bundlers = {
  async Rollup(input) {
    const bundle = await rollup({ input, plugins: [resolve({ browser: true })] });
    const { output } = await bundle.generate({ format: "es" });
    return output[0].code;
  },
  async esbuild(input) {
    const options = { bundle: true, minify: true, format: "esm", write: false };
    const { outputFiles } = await esbuild.build({ entryPoints: [input], ...options });
    return outputFiles[0].text;
  },
};

let folder;
let project;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-shaking-"));
  project = makeProject("rollup", folder, process.env.KINVEC_PACKAGE_DIR ?? root);
});
after(() => rmSync(folder, { recursive: true }));

function entry(code) {
  const file = path.join(project, "entry.js");
  writeFileSync(file, code);
  return file;
}

for (const [name, bundle] of Object.entries(bundlers)) {
  describe(`tree shaking by ${name}`, () => {
    for (const from of ["kinvec", "kinvec/inline"]) {
      it(`leaves less than 2.5 kB of ${from} where only similarity is used`, async () => {
        const code = await bundle(entry(`import { similarity } from "${from}";\nconsole.log(similarity([1], [2]));\n`));
        assert.ok(code.includes("must be a vector of numbers"));
        assert.ok(code.length < 2500, `${code.length} characters`);
      });
    }

    it("keeps the worker and the binaries where a model is loaded", async () => {
      const code = await bundle(entry('import { load } from "kinvec";\nload("model.gguf");\n'));
      for (const file of ["worker.mjs", "kinvec-relaxed.wasm", "kinvec-simd128.wasm"])
        assert.ok(code.includes(file), file);
    });

    it("keeps nothing of the engine where only an index is made", async () => {
      const code = await bundle(
        entry('import { createIndex } from "kinvec/search";\ncreateIndex({ dimensions: 2 });\n'),
      );
      for (const file of ["kinvec-search-relaxed.wasm", "kinvec-search-simd128.wasm"]) {
        assert.ok(code.includes(file), file);
      }
      for (const file of ["worker.mjs", "kinvec-relaxed.wasm", "kinvec-simd128.wasm"]) {
        assert.ok(!code.includes(file), file);
      }
    });
  });
}
