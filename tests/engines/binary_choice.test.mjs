// The probe of the relaxed dot: whatever an engine makes of that instruction, the binary that runs is exact.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { v8DotIsExact } from "../common/cpu.mjs";
import { goldenGraphs, goldenSearches } from "../common/search_bits.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const node20 = process.env.KINVEC_NODE20;
const node24 = process.env.KINVEC_NODE24;
const reading = (name, program = "kinvec") => path.join(process.env.KINVEC_DOT_READINGS, `${program}-${name}.wasm`);
const binary = (name) => path.join(process.env.KINVEC_PACKAGE_DIR, `dist/${name}.wasm`);
const simd128 = binary("kinvec-simd128");
const golden = readFileSync(path.join(here, "../golden/q8.sha256"), "utf8").trim().split(/\s/)[0];

function report(node, flags, options = {}, program = "report_binary.mjs") {
  const script = path.join(here, program);
  const { stdout, stderr, status } = spawnSync(node, [...flags, script, JSON.stringify(options)], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

const ran = (binary, probe) => ({ binary, probe, hash: golden });

describe("on this processor", () => {
  it("Node.js 24 runs the relaxed binary where its dot is exact, else the SIMD128 binary", () => {
    const { binary, hash } = report(node24, []);
    const exact = v8DotIsExact();
    if (exact !== undefined) assert.equal(binary, exact ? "relaxed" : "simd128");
    assert.equal(hash, golden);
  });

  it("Node.js 20 runs the SIMD128 binary, also with relaxed SIMD switched on", () => {
    assert.deepEqual(report(node20, []), ran("simd128", "simd128"));
    assert.deepEqual(report(node20, ["--experimental-wasm-relaxed-simd"]), ran("simd128", "simd128"));
  });

  if (process.arch === "x64") {
    const saturating = ["--no-enable-avx-vnni", "--no-enable-avx-vnni-int8"];

    it("Node.js 24 without AVX-VNNI runs the SIMD128 binary", () => {
      assert.deepEqual(report(node24, saturating), ran("simd128", "simd128"));
    });

    it("refuses the relaxed binary when it is forced but not exact", () => {
      assert.deepEqual(report(node24, saturating, { binary: "relaxed" }), { error: "PROBE_FAILED" });
    });
  }
});

// The same binary with the instruction's reading spelt out, so that every kind of processor is tested on any.
describe("on processors that read the second operand as", () => {
  for (const name of ["unsigned", "signed"]) {
    it(`${name}, the relaxed binary gives the golden vectors`, () => {
      const wasm = { relaxed: reading(name) };
      assert.deepEqual(report(node24, [], { wasm }), ran("relaxed", `relaxed-${name}`));
    });
  }

  it("saturating, the SIMD128 binary takes over, and the relaxed one alone is refused", () => {
    const relaxed = reading("saturating");
    assert.deepEqual(report(node24, [], { wasm: { relaxed, simd128 } }), ran("simd128", "simd128"));
    assert.deepEqual(report(node24, [], { wasm: { relaxed } }), { error: "PROBE_FAILED" });
  });

  it("any of these, weights of 7 bits give the same vectors", () => {
    const { binary, hash } = report(node24, [], { dtype: "q7", binary: "simd128" });
    assert.equal(binary, "simd128");
    assert.notEqual(hash, golden);
    for (const name of ["unsigned", "signed", "saturating"]) {
      const probe = name === "signed" ? "relaxed-signed" : "relaxed-unsigned";
      const got = report(node24, [], { dtype: "q7", wasm: { relaxed: reading(name) } });
      assert.deepEqual(got, { binary: "relaxed", probe, hash }, name);
    }
  });

  it("one thing during the probe and another afterwards, the model's own probe vector tells", () => {
    const relaxed = reading("fickle");
    assert.deepEqual(report(node24, [], { wasm: { relaxed, simd128 } }), ran("simd128", "simd128"));
    assert.deepEqual(report(node24, [], { wasm: { relaxed } }), { error: "PROBE_FAILED" });
  });

  it("any of these, an index finds the same with the same bits, or is refused", () => {
    const searches = (name, others) => {
      const wasm = { relaxed: reading(name, "kinvec-search"), ...others };
      return report(node24, [], { wasm }, "report_searches.mjs");
    };
    const hashes = [goldenSearches, goldenGraphs];
    for (const name of ["unsigned", "signed"]) assert.deepEqual(searches(name), hashes, name);
    for (const name of ["saturating", "fickle"]) {
      assert.deepEqual(searches(name, { simd128: binary("kinvec-search-simd128") }), hashes, name);
      assert.equal(searches(name), "PROBE_FAILED", name);
    }
  });
});
