// A trap or the end of memory ends one engine, with an error that says so; the page lives on and can load again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, describe, it } from "node:test";
import { convert } from "kinvec/convert";
import { failsWith, loadTested, modelFile } from "./helpers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { calibration: false });
const { instantiate } = WebAssembly;
const { grow } = WebAssembly.Memory.prototype;
let trapping = false;

/** Loads a model whose calls back into JavaScript throw while `trapping` is set, as a trap would. */
async function loadFragile() {
  WebAssembly.instantiate = (module, imports) => {
    const fragile = (call) =>
      function (...args) {
        if (trapping) throw new WebAssembly.RuntimeError("unreachable");
        return call.apply(this, args);
      };
    const wrapped = Object.entries(imports).map(([space, functions]) => [
      space,
      Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, fragile(call)])),
    ]);
    return instantiate(module, Object.fromEntries(wrapped));
  };
  const model = await loadTested(file);
  WebAssembly.instantiate = instantiate;
  return model;
}

afterEach(() => {
  WebAssembly.instantiate = instantiate;
  WebAssembly.Memory.prototype.grow = grow;
  trapping = false;
});

const refuseMemory = () => {
  WebAssembly.Memory.prototype.grow = () => {
    throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
  };
};

describe("a trap", () => {
  it("rejects the call and all later ones with ENGINE_LOST; another model is not touched", async () => {
    const model = await loadFragile();
    const other = await loadTested(file);
    trapping = true;
    const error = await failsWith("ENGINE_LOST", () => model.embed("cat"), /load the model again/);
    assert.ok(error.cause instanceof WebAssembly.RuntimeError);
    trapping = false;
    for (const call of ["embed", "tokenize", "embedTokens", "attention"]) {
      await failsWith("ENGINE_LOST", () => model[call]("cat"), /load the model again/);
    }
    assert.equal((await other.embed("cat")).vectors.length, 1);
    model.dispose();
    other.dispose();
  });

  it("rejects calls that wait as well, and a new load works", async () => {
    const model = await loadFragile();
    trapping = true;
    const outcomes = await Promise.allSettled([model.embed("cat"), model.embed("dog"), model.tokenize("tea")]);
    for (const { reason } of outcomes) assert.equal(reason.code, "ENGINE_LOST");
    trapping = false;
    const again = await loadTested(file);
    assert.equal((await again.embed("cat")).vectors.length, 1);
    again.dispose();
  });
});

describe("the end of memory", () => {
  it("rejects a load with OUT_OF_MEMORY, and a later load works", async () => {
    const bytes = readFileSync(modelFile);
    refuseMemory();
    await failsWith("OUT_OF_MEMORY", () => loadTested(bytes), /\d+ bytes/);
    WebAssembly.Memory.prototype.grow = grow;
    const model = await loadTested(bytes);
    assert.equal((await model.embed("cat")).vectors.length, 1);
    model.dispose();
  });

  it("rejects a call with a code of its own", async () => {
    const model = await loadTested(file);
    refuseMemory();
    const texts = Array.from({ length: 1000 }, () => "cat ".repeat(1000));
    await failsWith("OUT_OF_MEMORY", () => model.embed(texts));
    model.dispose();
  });
});
