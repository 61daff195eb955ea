// The files meant for pages hold nothing that a page, a worker or a strict policy forbids.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, it } from "node:test";

const dist = path.join(path.dirname(createRequire(import.meta.url).resolve("kinvec/package.json")), "dist");

/** The text of a module and of all that it imports. */
function textOf(name, seen = new Set()) {
  if (seen.has(name)) return "";
  seen.add(name);
  const text = readFileSync(path.join(dist, name), "utf8");
  const imported = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map(([, file]) => textOf(file, seen));
  return [text, ...imported].join("\n");
}

const modules = ["index", "search", "tokenizers", "vectors", "words", "convert", "storage"].map(
  (name) => `${name}.mjs`,
);
const commonJs = modules.map((file) => file.replace(".mjs", ".cjs"));

const search = ["kinvec-search-relaxed.wasm", "kinvec-search-simd128.wasm"];
// What a module names besides the engine and the worker, itself or in what it imports.
const more = {
  "search.mjs": search,
  "tokenizers.mjs": ["kinvec-training.wasm"],
  "words.mjs": [...search, "kinvec-words.wasm", "words_worker.mjs"],
};

const finds = (text, pattern) => text.match(pattern)?.[0];

describe("the build for pages", () => {
  for (const name of [...modules, "worker.mjs", "words_worker.mjs", ...commonJs]) {
    it(`has no Node.js import and makes no code from text (${name})`, () => {
      const text = textOf(name);
      assert.equal(finds(text, /["']node:\w+|\brequire\(["'](fs|path|url|module|worker_threads)["']/), undefined);
      assert.equal(finds(text, /\beval\(|new Function|Function\(["'`]|createObjectURL/), undefined);
    });
  }

  for (const name of modules) {
    it(`imports nothing on demand, and names its binaries for bundlers to see (${name})`, () => {
      const text = textOf(name);
      assert.equal(finds(text, /\bimport\(/), undefined);
      // Parcel installs a package for it.
      assert.equal(finds(text, /\btypeof process\b|\bprocess\.\w/), undefined);
      const addresses = [...text.matchAll(/new URL\(("[^"]*"),\s*import\.meta\.url\)/g)].map(([, address]) => address);
      // All import the first, which starts the workers.
      const expected = ["kinvec-relaxed.wasm", "kinvec-simd128.wasm", "worker.mjs", ...(more[name] ?? [])];
      assert.deepEqual(addresses.sort(), expected.map((file) => `"./${file}"`).sort());
    });
  }

  it("has one script with the binary in it, which names no other file", () => {
    const text = textOf("inline.mjs");
    assert.equal(finds(text, /\bimport\b|\bnew URL\(["'`]|\bnew Worker\b|\beval\(|new Function|node:/), undefined);
  });

  it("has scripts for workers that stand alone, started in the form that bundlers follow", () => {
    for (const [script, starter] of Object.entries({ "worker.mjs": "index.mjs", "words_worker.mjs": "words.mjs" })) {
      assert.equal(finds(textOf(script), /\bimport\b|\bnew URL\(/), undefined);
      const address = `"\\./${script.replace(".", "\\.")}"`;
      const start = `new Worker\\(new URL\\(${address},\\s*import\\.meta\\.url\\),\\s*\\{\\s*type:\\s*["\`]module["\`]\\s*\\}\\)`;
      assert.match(textOf(starter), new RegExp(start));
    }
  });

  it("leaves the calibration sentences to the converter", () => {
    for (const name of ["index.mjs", "tokenizers.mjs"]) assert.ok(!textOf(name).includes("how to descale a kettle"));
    assert.ok(textOf("convert.mjs").includes("how to descale a kettle"));
  });
});
