// Whether the kernels still run at their speed.  No clock decides that: the encoder is compared with a plain loop over
// 8-bit numbers, in the same process and in turn with it, so that a slow or busy machine slows both.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { loadTested, modelFile } from "./helpers.mjs";

// How many times the multiply-accumulates of the plain loop the encoder must do in the same time: half of what it does
// where nothing else runs. (A busy machine slows the encoder more: it also needs the caches.) Built with -Os, where the
// kernels' sums live in memory, the plain SIMD128 binary comes to 4 to 8 times.
const least = { simd128: 9.5, relaxed: 20 };

const rows = 32;
const size = 384;

/**
 * The plain loop as a WebAssembly module without SIMD, whose speed hardly differs between versions of an engine:
 * dot(a, b, n), the sum over n bytes from the addresses a and b.
 */
function plainLoop() {
  const [i32, end] = [0x7f, 0x0b];
  const [a, b, n, sum] = [0, 1, 2, 3];
  const get = (local) => [0x20, local];
  const set = (local) => [0x21, local];
  const constant = (value) => [0x41, value & 0x7f];
  const [load8, add, multiply] = [[0x2c, 0, 0], [0x6a], [0x6c]];
  const step = (local, by) => [...get(local), ...constant(by), ...add, ...set(local)];
  const code = [
    ...[1, 1, i32], // one more local: sum
    ...[0x03, 0x40], // loop
    ...[...get(sum), ...get(a), ...load8, ...get(b), ...load8, ...multiply, ...add, ...set(sum)],
    ...[...step(a, 1), ...step(b, 1), ...step(n, -1)],
    ...[...get(n), 0x0d, 0, end], // again unless n is 0
    ...[...get(sum), end],
  ];
  const section = (id, content) => [id, content.length, ...content];
  const name = [...new TextEncoder().encode("dot")];
  const bytes = Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, i32, i32, i32, 1, i32]), // types: (i32, i32, i32) -> i32
    ...section(3, [1, 0]), // functions
    ...section(5, [1, 0, 1]), // memory of one page
    ...section(7, [1, name.length, ...name, 0, 0]), // exports
    ...section(10, [1, code.length, ...code]),
  );
  return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.dot;
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

  // The kernels have a form for a few rows and one for many.
  for (const words of [6, 30]) {
    it(`of the encoder at ${words} words is many times that of a plain loop`, async (test) => {
      const text = Array(words).fill("river").join(" ");
      const [tokens] = (await model.embed(text)).tokenCounts;
      const dot = plainLoop();
      const product = () => {
        for (let i = 0; i < rows * size; i++) dot(i, 32768 - i, size);
      };

      // Short calls, and many: some of each are left alone by whatever else the machine does.
      const calls = { encoder: () => model.embed(text), loop: product };
      await fastestInTurn(calls, 50); // engines bring both to their optimised form
      const needed = least[model.info().binary];
      let ratio = 0;
      for (let attempt = 0; attempt < 3 && ratio < needed; attempt++) {
        const seconds = await fastestInTurn(calls, 150);
        const rates = { encoder: encoderProducts(tokens) / seconds.encoder, loop: (rows * size * size) / seconds.loop };
        ratio = rates.encoder / rates.loop;
        const [own, plain] = [rates.encoder, rates.loop].map((rate) => (rate / 1e9).toFixed(2));
        test.diagnostic(`${ratio.toFixed(1)} times the loop (${own} against ${plain} billion a second)`);
      }
      assert.ok(ratio >= needed, `${ratio.toFixed(1)} times the loop, ${needed} are needed`);
    });
  }
});
