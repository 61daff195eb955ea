// Whether the kernels still run at their speed.  No clock decides that: the encoder is compared with a plain loop over the
// same kind of numbers, in the same process and in turn with it, so that a slow or busy machine slows both.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { loadTested, modelFile } from "./helpers.mjs";

const rows = 64;
const size = 384;

// How many times the multiply-accumulates of the plain loop the encoder must do in the same time: about half of what it
// does.  Kernels built with -Os, whose sums live in memory, come to 16 to 19 times in the plain SIMD128 binary.
const least = { simd128: 28, relaxed: 56 };

/** Sum of products of 8-bit rows, one after the other: [rows, size] times [size, size] transposed. */
function plainProduct(a, weights, out) {
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < size; channel++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[row * size + k] * weights[channel * size + k];
      out[row * size + channel] = sum;
    }
  }
}

/** Multiply-accumulates of all-MiniLM-L6-v2 for one text: its linear layers, then scores and sums of its attention. */
function encoderProducts(tokens) {
  const layers = 6;
  return layers * (tokens * (4 * size * size + 2 * size * 4 * size) + 2 * tokens * tokens * size);
}

/** Seconds of the fastest of the calls made in turn, by name. */
async function fastestInTurn(calls, rounds) {
  const fastest = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(calls)) {
      const start = performance.now();
      await call();
      const taken = (performance.now() - start) / 1000;
      fastest[name] = Math.min(fastest[name] ?? taken, taken);
    }
  }
  return fastest;
}

describe("speed", () => {
  let model;
  before(async () => {
    model = await loadTested(modelFile);
  });

  it("of the encoder is many times that of a plain loop", async (test) => {
    const text = "the river ".repeat(31);
    const [tokens] = (await model.embed(text)).tokenCounts;
    assert.equal(tokens, 64);
    const a = Int8Array.from({ length: rows * size }, (_, i) => (i * 37) % 255);
    const weights = Int8Array.from({ length: size * size }, (_, i) => (i * 91) % 255);
    const out = new Int32Array(rows * size);

    const calls = { encoder: () => model.embed(text), loop: () => plainProduct(a, weights, out) };
    await fastestInTurn(calls, 20); // engines bring both to their optimised form
    const seconds = await fastestInTurn(calls, 20);
    const rates = { encoder: encoderProducts(tokens) / seconds.encoder, loop: (rows * size * size) / seconds.loop };
    const ratio = rates.encoder / rates.loop;
    const found =
      `${ratio.toFixed(1)} times the loop: ${(rates.encoder / 1e9).toFixed(1)} against ` +
      `${(rates.loop / 1e9).toFixed(2)} billion multiply-accumulates a second`;
    test.diagnostic(found);
    assert.ok(ratio >= least[model.info().binary], found);
  });
});
