// Long use of one process: vectors stay right and memory stays flat. `npm run soak` runs it at full length; the test run
// takes a sample.

import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, it } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { convert } from "kinvec/convert";
import { assertSameBits, loadTested, modelFile, norm } from "./helpers.mjs";
import { randomText } from "./random_texts.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const full = process.env.KINVEC_SOAK === "full";
const embeds = full ? 50_000 : 2000;
const rounds = full ? 200 : 50;
const warmUp = 500;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** Bytes outside of JavaScript's own heap, WebAssembly memories among them. */
async function outsideBytes() {
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { external, arrayBuffers } = process.memoryUsage();
  return external + arrayBuffers;
}

describe("long use", () => {
  it(`embeds ${embeds} random texts: each finite and of length 1, the first the same at the end, memory flat`, async () => {
    const model = await loadTested(modelFile);
    const [first] = (await model.embed(randomText(0))).vectors;
    let warm = 0;
    for (let i = 1; i <= embeds; ) {
      const texts = Array.from({ length: 1 + (i % 7) }, (_, k) => randomText(i + k));
      const { vectors } = await model.embed(texts, { truncation: i % 2 ? "end" : "chunk" });
      for (const [k, vector] of vectors.entries()) {
        const length = norm(vector);
        assert.ok(Math.abs(length - 1) < 1e-4, `text ${i + k} has length ${length}`);
      }
      i += texts.length;
      if (i >= warmUp && warm === 0) warm = model.info().memoryBytes;
    }
    assertSameBits((await model.embed(randomText(0))).vectors[0], first);
    assert.equal(model.info().memoryBytes, warm);
    model.dispose();
  });

  it(`loads and disposes ${rounds} times: memory flat`, async () => {
    const file = await convert(tinyCheckpoint(), { calibration: false });
    const round = async () => {
      const model = await loadTested(file);
      await model.embed("the cat sat on the mat");
      const { memoryBytes } = model.info();
      model.dispose();
      return memoryBytes;
    };
    const sizes = new Set();
    for (let i = 0; i < 20; i++) sizes.add(await round());
    const before = await outsideBytes();
    for (let i = 20; i < rounds; i++) sizes.add(await round());
    assert.equal(sizes.size, 1, "each engine is of the same size");
    const growth = (await outsideBytes()) - before;
    // Less than one engine of all that have come and gone.
    assert.ok(growth < [...sizes][0], `${growth} bytes more`);
  });

  it("starts and ends 20 workers: none is left", async () => {
    const file = await convert(tinyCheckpoint(), { calibration: false });
    let [started, ended] = [0, 0];
    const watch = ({ worker }) => {
      started += 1;
      worker.once("exit", () => {
        ended += 1;
      });
    };
    subscribe("worker_threads", watch);
    for (let i = 0; i < 10; i++) {
      const model = await loadTested(file, { workers: 2 });
      assert.equal((await model.embed(["a", "b", "c"])).vectors.length, 3);
      model.dispose();
    }
    unsubscribe("worker_threads", watch);
    for (let i = 0; i < 100 && ended < started; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual({ started, ended }, { started: 20, ended: 20 });
  });
});
