// Misuse is answered at the door, by code, name and the type received.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ERROR_CODES, KinvecError, load } from "kinvec";
import { failsWith, loadTested, root } from "./helpers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

describe("error codes", () => {
  it("are the engine's, number for number", () => {
    const header = readFileSync(path.join(root, "src/error.h"), "utf8");
    const enumerators = [...header.matchAll(/^ {2}k(\w+) = (\d+),$/gm)].map(([, name, value]) => [
      name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase(),
      Number(value),
    ]);
    assert.deepEqual(enumerators, [["OK", 0], ...ERROR_CODES.map((code, i) => [code, i + 1])]);
  });

  it("come in errors that know themselves", () => {
    const error = new KinvecError("FETCH_FAILED", "no such file", { at: 3, cause: "why" });
    assert.ok(error instanceof Error && error instanceof KinvecError);
    assert.equal(error.name, "KinvecError");
    assert.equal(error.code, "FETCH_FAILED");
    assert.equal(error.at, 3);
    assert.equal(error.cause, "why");
    assert.equal(new Error("x") instanceof KinvecError, false);
    assert.equal(null instanceof KinvecError, false);
  });
});

describe("misuse of a model", () => {
  let model;
  before(async () => {
    model = await loadTested(tinyCheckpoint());
  });
  after(() => model.dispose());

  it("with something else than text names the index and the type", async () => {
    await failsWith("INVALID_ARGUMENT", () => model.embed(undefined), /texts must be .* not undefined/);
    await failsWith("INVALID_ARGUMENT", () => model.embed(42), /texts must be .* not number/);
    const error = await failsWith("INVALID_ARGUMENT", () => model.embed(["a", null]), /texts\[1\] must be .* not null/);
    assert.equal(error.at, 1);
    await failsWith("INVALID_ARGUMENT", () => model.embed([["a"]]), /texts\[0\] must be a string, not array/);
    await failsWith("INVALID_ARGUMENT", () => model.embed(new Array(2)), /texts\[0\] .* undefined/);
    for (const method of ["tokenize", "embedTokens", "attention"]) {
      await failsWith("INVALID_ARGUMENT", () => model[method](["a"]), /text must be a string, not array/);
    }
  });

  it("with wrong options names the option", async () => {
    for (const dimensions of [0, -1, 1.5, 33, Number.NaN, Number.POSITIVE_INFINITY]) {
      await failsWith("INVALID_ARGUMENT", () => model.embed("a", { dimensions }), /dimensions .* from 1 to 32/);
    }
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", { dimensions: "8" }), /dimensions .* not string/);
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", { role: "passage" }), /role .* "passage"/);
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", { truncation: "start" }), /truncation/);
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", { normalize: 1 }), /normalize .* not number/);
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", { signal: {} }), /signal .* not object/);
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", { onProgress: "yes" }), /onProgress .* not string/);
    await failsWith("INVALID_ARGUMENT", () => model.embed("a", "query"), /options must be an object, not string/);
    await failsWith("INVALID_ARGUMENT", () => model.tokenize("a", { addSpecialTokens: "no" }), /addSpecialTokens/);
    await failsWith("INVALID_ARGUMENT", () => model.attention("a", { hiddenStates: 1 }), /hiddenStates/);
  });

  it("does not hurt the model", async () => {
    assert.equal((await model.embed("the cat")).vectors.length, 1);
  });
});

describe("misuse of load", () => {
  it("with no source names the type", async () => {
    await failsWith("INVALID_ARGUMENT", () => load(undefined), /source must be .* not undefined/);
    await failsWith("INVALID_ARGUMENT", () => load(7), /not number/);
    await failsWith("INVALID_ARGUMENT", () => load(new Map()), /not Map/);
    await failsWith("INVALID_ARGUMENT", () => load({ "config.json": 5 }), /"config.json" .* Blob, bytes or text/);
    await failsWith("INVALID_ARGUMENT", () => load([7]), /item 0 of the folder must be a File/);
  });

  it("with wrong options names the option", async () => {
    const source = new Uint8Array(4);
    await failsWith(
      "INVALID_ARGUMENT",
      () => load(source, { dtype: "int8" }),
      /dtype must be one of .*"q8".* not "int8"/,
    );
    await failsWith("INVALID_ARGUMENT", () => load(source, { pooling: "max" }), /pooling/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { binary: "simd" }), /binary/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { wasm: "x.wasm" }), /wasm/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { wasm: { simd128: 5 }, binary: "simd128" }), /wasm/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { wasm: {} }), /wasm\.simd128 is needed/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { verifyChecksum: 0 }), /verifyChecksum/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { calibration: "text" }), /calibration/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { baseUrl: 1 }), /baseUrl/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { onProgress: 1 }), /onProgress/);
    await failsWith("INVALID_ARGUMENT", () => load(source, { signal: 1 }), /signal/);
  });
});
