// Calls at once, cancelled calls, disposed models, many models: nothing waits for ever, leaks or breaks the next call.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { describe, it } from "node:test";
import { convert } from "kinvec/convert";
import { assertSameBits, failsWith, loadTested, modelFile } from "./helpers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { calibration: false });
const sentences = (count) => Array.from({ length: count }, (_, i) => `the cat sat on the mat ${i}`);

describe("calls made at once", () => {
  it("are answered in order, each as if it were alone", async () => {
    const model = await loadTested(file);
    const finished = [];
    const texts = sentences(20);
    const results = await Promise.all(
      texts.map(async (text, i) => {
        const result = i % 5 === 4 ? await model.tokenize(text) : await model.embed([text, "tea"]);
        finished.push(i);
        return result;
      }),
    );
    assert.deepEqual(finished, [...texts.keys()]);
    for (const [i, text] of texts.entries()) {
      if (i % 5 !== 4) assertSameBits(results[i].vectors[0], (await model.embed(text)).vectors[0]);
    }
    model.dispose();
  });

  it("go on after one that failed", async () => {
    const model = await loadTested(file);
    const results = await Promise.allSettled([
      model.embed("cat"),
      model.embed("cat ".repeat(99), { truncation: "error" }),
      model.embed("cat"),
    ]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled"],
    );
    model.dispose();
  });

  it("are not changed by what the caller does to its array meanwhile", async () => {
    const model = await loadTested(file);
    const texts = ["cat", "dog"];
    const promise = model.embed(texts);
    texts[0] = "tea";
    texts.length = 1;
    const { vectors } = await promise;
    assert.equal(vectors.length, 2);
    assertSameBits(vectors[0], (await model.embed("cat")).vectors[0]);
    model.dispose();
  });

  it("let timers run between chunks", async () => {
    const model = await loadTested(file);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await model.embed(sentences(2000));
    clearInterval(timer);
    assert.ok(ticks > 0);
    model.dispose();
  });
});

describe("a cancelled call", () => {
  it("rejects with ABORTED before it starts, and never starts", async () => {
    const model = await loadTested(file);
    await failsWith("ABORTED", () => model.embed("cat", { signal: AbortSignal.abort("enough") }));
    const waiting = new AbortController();
    const first = model.embed(sentences(500));
    const second = model.embed("cat", {
      signal: waiting.signal,
      onProgress: () => assert.fail("started"),
    });
    waiting.abort(new Error("changed my mind"));
    const error = await failsWith("ABORTED", () => second);
    assert.equal(error.cause.message, "changed my mind");
    assert.equal((await first).vectors.length, 500);
    model.dispose();
  });

  it("stops in the middle and leaves the model usable", async () => {
    const model = await loadTested(file);
    const controller = new AbortController();
    let last = 0;
    await failsWith("ABORTED", () =>
      model.embed(sentences(5000), {
        signal: controller.signal,
        onProgress: ({ done }) => {
          last = done;
          if (done > 200) controller.abort();
        },
      }),
    );
    assert.ok(last < 5000);
    assertSameBits((await model.embed("cat")).vectors[0], (await (await loadTested(file)).embed("cat")).vectors[0]);
    model.dispose();
  });
});

describe("a disposed model", () => {
  it("rejects waiting and later calls with DISPOSED; disposing twice does nothing", async () => {
    const model = await loadTested(file);
    const running = model.embed(sentences(3000));
    const waiting = model.embed("cat");
    const outcomes = Promise.allSettled([running, waiting]);
    model.dispose();
    model.dispose();
    for (const { reason } of await outcomes) assert.equal(reason.code, "DISPOSED");
    for (const call of ["embed", "tokenize", "embedTokens", "attention"]) {
      await failsWith("DISPOSED", () => model[call]("cat"));
    }
    await failsWith("DISPOSED", () => model.info());
  });

  it("is what leaving a using block makes", async () => {
    const model = await loadTested(file);
    model[Symbol.dispose]();
    await failsWith("DISPOSED", () => model.embed("cat"));
  });
});

describe("several models", () => {
  it("load at once and are independent", async () => {
    const [a, b, c] = await Promise.all([loadTested(file), loadTested(tinyCheckpoint()), loadTested(file)]);
    a.dispose();
    const [fromB, fromC] = await Promise.all([b.embed("cat"), c.embed("cat")]);
    assertSameBits(fromB.vectors[0], fromC.vectors[0]);
    b.dispose();
    c.dispose();
  });

  it("one after another use no more memory each time", async () => {
    const sizes = [];
    for (let i = 0; i < 50; i++) {
      const model = await loadTested(file);
      await model.embed("the cat sat");
      sizes.push(model.info().memoryBytes);
      model.dispose();
    }
    assert.equal(sizes.at(-1), sizes[1]);
  });
});

describe("memory", () => {
  it("is never more while loading than a quarter above the file, and 8 MB", async () => {
    const outside = () => process.memoryUsage().external; // WebAssembly memories among it
    const before = outside();
    let peak = 0;
    const onProgress = () => {
      peak = Math.max(peak, outside() - before);
    };
    const model = await loadTested(modelFile, { onProgress });
    onProgress();
    assert.ok(peak <= 1.25 * statSync(modelFile).size + 8e6, `${peak} bytes`);
    model.dispose();
  });

  it("is steady after the first few hundred calls", async () => {
    const model = await loadTested(file);
    const lengths = (i) => "cat ".repeat(1 + (i % 23));
    for (let i = 0; i < 500; i++) await model.embed(lengths(i));
    const settled = model.info().memoryBytes;
    for (let i = 0; i < 20_000; i++) await model.embed(lengths(i));
    assert.equal(model.info().memoryBytes, settled);
    model.dispose();
  });
});

describe("starting a binary", () => {
  it("keeps the event loop of Node.js awake, and afterwards no longer", async () => {
    const { instantiate } = WebAssembly;
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    let during;
    WebAssembly.instantiate = async (...given) => {
      await null;
      during = timers();
      return instantiate(...given);
    };
    try {
      (await loadTested(file)).dispose();
    } finally {
      WebAssembly.instantiate = instantiate;
    }
    assert.equal(during, before + 1);
    assert.equal(timers(), before);
  });
});
