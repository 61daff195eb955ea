// load() with `workers`: many workers answer as one engine does, and whatever ends one of them ends no more than that.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "kinvec";
import { convert } from "kinvec/convert";
import { assertSameBits, failsWith, loadTested, root } from "./helpers.mjs";
import { serveModel } from "./model_server.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { calibration: false });
const words = ["the", "cat", "sat", "on", "mat", "tea", "dog"];
const text = (i) => Array.from({ length: (i * 7) % 13 }, (_, j) => words[(i + j) % words.length]).join(" ");
const texts = (count) => Array.from({ length: count }, (_, i) => text(i));
const tooLong = "cat ".repeat(99);
const dyingWorker = new URL("dying_worker.mjs", import.meta.url);

describe("a model in workers", () => {
  let one;
  let three;
  before(async () => {
    one = await loadTested(file);
    three = await loadTested(file, { workers: 3 });
  });
  after(() => {
    one.dispose();
    three.dispose();
  });

  it("gives the same bits in the same order as one engine, whatever the list", async () => {
    for (const list of [[], ["cat"], ["", tooLong, ""], texts(7), texts(3000)]) {
      for (const options of [{}, { dimensions: 5, normalize: false }]) {
        const [expected, actual] = await Promise.all([one.embed(list, options), three.embed(list, options)]);
        assert.deepEqual(actual.tokenCounts, expected.tokenCounts);
        assert.deepEqual(actual.truncated, expected.truncated);
        assert.equal(actual.dimensions, expected.dimensions);
        assert.equal(actual.vectors.length, list.length);
        for (const [i, vector] of actual.vectors.entries()) assertSameBits(vector, expected.vectors[i], `texts[${i}]`);
      }
    }
  });

  it("answers every other call as one engine does", async () => {
    for (const call of ["tokenize", "embedTokens", "attention"]) {
      assert.deepEqual(await three[call]("the cat sat"), await one[call]("the cat sat"));
    }
    const bare = { addSpecialTokens: false };
    assert.deepEqual(await three.tokenize("tea", bare), await one.tokenize("tea", bare));
    const deep = { hiddenStates: true };
    assert.deepEqual(await three.attention("tea", deep), await one.attention("tea", deep));
  });

  it("holds a copy of the weights in each worker, and says so", async () => {
    await Promise.all(texts(30).map((each) => three.embed(each)));
    const { workers, memoryBytes, ...card } = three.info();
    const { workers: none, memoryBytes: ofOne, ...expected } = one.info();
    assert.deepEqual([none, workers], [0, 3]);
    assert.deepEqual(card, expected);
    assert.ok(memoryBytes >= 3 * Math.min(ofOne, 4 << 20) && memoryBytes < 3 * ofOne + 1, `${memoryBytes}, ${ofOne}`);
  });

  it("reports progress that never falls and ends with all texts", async () => {
    const seen = [];
    await three.embed(texts(2000), { onProgress: (progress) => seen.push(progress) });
    assert.ok(seen.length > 6);
    for (const [i, { done, total }] of seen.entries()) {
      assert.equal(total, 2000);
      assert.ok(done > (seen[i - 1]?.done ?? 0));
    }
    assert.equal(seen.at(-1).done, 2000);
  });

  it("tells the first text that fails by its index in the whole list", async () => {
    const list = texts(2000);
    for (const at of [1900, 1000, 1700]) list[at] = tooLong;
    const error = await failsWith("TEXT_TOO_LONG", () => three.embed(list, { truncation: "error" }), /^texts\[1000\]/);
    assert.equal(error.at, 1000);
    await failsWith("INVALID_ARGUMENT", () => three.embed(["cat", 5]));
    assert.equal((await three.embed("cat")).vectors.length, 1);
  });

  it("passes on what a progress callback throws", async () => {
    const onProgress = () => {
      throw new RangeError("enough");
    };
    await assert.rejects(three.embed(texts(500), { onProgress }), RangeError);
  });

  it("does not keep a short call waiting for a long list", async () => {
    const finished = [];
    const long = three.embed(texts(20_000)).then(() => finished.push("long"));
    await three.embed("cat").then(() => finished.push("short"));
    await long;
    assert.deepEqual(finished, ["short", "long"]);
  });

  it("answers many calls at once, each as if it were alone", async () => {
    const list = texts(200);
    const expected = await one.embed(list);
    const answers = await Promise.all(list.map((each) => three.embed(each)));
    for (const [i, { vectors }] of answers.entries()) assertSameBits(vectors[0], expected.vectors[i]);
  });

  it("is stopped by a signal, before a list and in the middle of it, and stays usable", async () => {
    await failsWith("ABORTED", () => three.embed(texts(9), { signal: AbortSignal.abort("enough") }));
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    let last = 0;
    const onProgress = ({ done }) => {
      last = done;
      controller.abort(reason);
    };
    const error = await failsWith("ABORTED", () => three.embed(texts(5000), { signal: controller.signal, onProgress }));
    assert.equal(error.cause, reason);
    const atAbort = last;
    const waiting = new AbortController();
    const tokens = three.tokenize("cat", { signal: waiting.signal });
    waiting.abort();
    await failsWith("ABORTED", () => tokens);
    assertSameBits((await three.embed("cat")).vectors[0], (await one.embed("cat")).vectors[0]);
    assert.ok(atAbort < 5000);
  });

  it("uses no more memory after 200 lists", async () => {
    const lists = Array.from({ length: 10 }, (_, i) => texts(50 + 40 * i));
    for (const list of [...lists, ...lists]) await three.embed(list);
    const settled = three.info().memoryBytes;
    for (let i = 0; i < 200; i++) await three.embed(lists[i % lists.length]);
    assert.equal(three.info().memoryBytes, settled);
  });
});

describe("loading into workers", () => {
  it("asks for the file once, and reports progress up to 1", async () => {
    const server = await serveModel(file);
    try {
      for (const name of ["good", "chunked", "gzip"]) {
        const seen = [];
        const onProgress = ({ fraction }) => seen.push(fraction);
        const model = await loadTested(server.url(name), { workers: 2, onProgress });
        assert.equal((await model.embed("cat")).vectors.length, 1);
        model.dispose();
        assert.deepEqual(
          seen,
          seen.toSorted((a, b) => a - b),
        );
        assert.equal(seen.at(-1), 1);
      }
      assert.deepEqual(server.requests, ["/good", "/chunked", "/gzip"]);
    } finally {
      server.close();
    }
  });

  it("takes streams, buffers and folders, and leaves them as they are", async () => {
    const bytes = Buffer.from(file);
    const stream = new Blob([file]).stream();
    for (const source of [
      bytes,
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      stream,
      tinyCheckpoint(),
    ]) {
      const model = await loadTested(source, { workers: 2 });
      assert.equal((await model.embed("cat")).vectors.length, 1);
      model.dispose();
    }
    assert.deepEqual(new Uint8Array(bytes), file);
  });

  it("fails with the codes of one engine, and names the file", async () => {
    const server = await serveModel(file);
    const codes = {
      html: "FETCH_FAILED",
      text: "MODEL_FORMAT",
      flipped: "MODEL_HASH",
      cut: "FETCH_FAILED",
      none: "FETCH_FAILED",
    };
    try {
      for (const [name, code] of Object.entries(codes)) {
        await failsWith(code, () => load(server.url(name), { workers: 2 }), new RegExp(`/${name}`));
      }
      const signal = AbortSignal.timeout(200);
      await failsWith("ABORTED", () => load(server.url("stalled"), { workers: 2, signal }));
    } finally {
      server.close();
    }
  });

  it("refuses options that make no sense", async () => {
    for (const workers of [0, 65, 1.5, "two", null])
      await failsWith("INVALID_ARGUMENT", () => load(file, { workers }), /options\.workers/);
    await failsWith("INVALID_ARGUMENT", () => load(file, { workers: 1, workerUrl: 5 }), /options\.workerUrl/);
    await failsWith("FETCH_FAILED", () => load(file, { workers: 2, workerUrl: "no/such/worker.mjs" }), /workerUrl/);
  });

  it("chooses a number of workers by itself", async () => {
    const model = await loadTested(file, { workers: "auto" });
    assert.ok(model.info().workers >= 1 && model.info().workers <= 8);
    model.dispose();
  });
});

describe("a worker that ends", () => {
  for (const [way, pattern] of [
    ["exit", /exited with code 3/],
    ["throw", /out of luck/],
  ]) {
    it(`by ${way} rejects its calls with ENGINE_LOST; the others work on, until none is left`, async () => {
      const model = await loadTested(file, { workers: 2, workerUrl: dyingWorker });
      const [lost, ...kept] = await Promise.allSettled([way, "cat", "tea", "dog"].map((each) => model.embed(each)));
      assert.equal(lost.reason.code, "ENGINE_LOST");
      assert.match(lost.reason.message, pattern);
      for (const { status } of kept) assert.equal(status, "fulfilled");
      await failsWith("ENGINE_LOST", () => model.embed([...texts(900), way, ...texts(900)]), pattern);
      const outcomes = await Promise.allSettled([model.embed("cat"), model.tokenize("cat")]);
      for (const { reason } of outcomes) assert.equal(reason.code, "ENGINE_LOST");
      model.dispose();
    });
  }

  it("takes calls that wait for it along", async () => {
    const model = await loadTested(file, { workers: 1, workerUrl: dyingWorker });
    const outcomes = await Promise.allSettled(["cat", "exit", "tea", "dog"].map((each) => model.embed(each)));
    assert.deepEqual(
      outcomes.map(({ reason }) => reason?.code),
      [undefined, "ENGINE_LOST", "ENGINE_LOST", "ENGINE_LOST"],
    );
    model.dispose();
  });
});

describe("a disposed model in workers", () => {
  it("rejects running, waiting and later calls with DISPOSED; disposing twice does nothing", async () => {
    const model = await loadTested(file, { workers: 2 });
    const outcomes = Promise.allSettled([model.embed(texts(3000)), ...texts(5).map((each) => model.tokenize(each))]);
    model.dispose();
    model[Symbol.dispose]();
    for (const { reason } of await outcomes) assert.equal(reason.code, "DISPOSED");
    for (const call of ["embed", "tokenize", "embedTokens", "attention"]) {
      await failsWith("DISPOSED", () => model[call]("cat"));
    }
    await failsWith("DISPOSED", () => model.info());
  });

  // Each program ends by itself, or is ended as one that hangs.
  const model = JSON.stringify(fileURLToPath(new URL("../../models/all-MiniLM-L6-v2.q8.gguf", import.meta.url)));
  const use = `const model = await load(${model}, { workers: 2 }); console.log((await model.embed("cat")).vectors.length);`;
  const programs = {
    "does not keep the process alive": [
      "--input-type=module",
      "-e",
      `import { load } from "kinvec"; ${use} model.dispose();`,
    ],
    "does not keep it alive when forgotten either": [
      "--input-type=module",
      "-e",
      `import { load } from "kinvec"; ${use}`,
    ],
    "works in CommonJS": ["-e", `const { load } = require("kinvec"); (async () => { ${use} })();`],
  };
  for (const [what, args] of Object.entries(programs)) {
    it(what, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        encoding: "utf8",
        timeout: 60_000,
      });
      assert.equal(stdout, "1\n", stderr);
      assert.equal(status, 0);
    });
  }
});
