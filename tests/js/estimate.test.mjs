// estimate(): what a model would take, against what it takes.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { estimate } from "kinvec";
import { convert } from "kinvec/convert";
import { cache, failsWith, loadTested, modelFile } from "./helpers.mjs";
import { serveModel } from "./model_server.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const tiny = await convert(tinyCheckpoint(), { calibration: false, name: "tiny" });
let server;
before(async () => {
  server = await serveModel(tiny);
});
after(() => server.close());

describe("estimate()", () => {
  it("is near the memory of the model, whatever its weights", async () => {
    const checkpoint = path.join(cache, "weights/all-MiniLM-L6-v2");
    const q4 = await convert(checkpoint, { dtype: "q4", calibration: false });
    const f32 = await convert(checkpoint, { dtype: "f32", calibration: false });
    for (const source of [modelFile, q4, f32]) {
      const { memoryBytes, downloadBytes } = await estimate(source);
      assert.equal(downloadBytes, 0);
      const model = await loadTested(source);
      const ratio = memoryBytes / model.info().memoryBytes;
      model.dispose();
      assert.ok(ratio > 0.85 && ratio < 1.15, `${ratio}`);
    }
  });

  it("tells the download of what comes by URL, of which it reads the beginning", async () => {
    assert.equal((await estimate(server.url("good"))).downloadBytes, tiny.length);
    assert.equal((await estimate(server.url("chunked"))).downloadBytes, undefined);
    const { memoryBytes } = await estimate(modelFile);
    assert.equal((await estimate(modelFile, { workers: 3 })).memoryBytes, 3 * memoryBytes);
    assert.ok(memoryBytes > statSync(modelFile).size);
  });

  it("downloads nothing that is kept", async () => {
    const kept = new Map();
    const place = {
      match: async (url) => kept.get(url) && new Response(kept.get(url)),
      put: async (url, response) => kept.set(url, await response.arrayBuffer()),
    };
    assert.equal((await estimate(server.url("good"), { cache: place })).downloadBytes, tiny.length);
    (await loadTested(server.url("good"), { cache: place })).dispose();
    assert.equal((await estimate(server.url("good"), { cache: place })).downloadBytes, 0);
  });

  it("refuses what is no model", async () => {
    await failsWith("FETCH_FAILED", () => estimate(server.url("html")), /got HTML/);
    await failsWith("FETCH_FAILED", () => estimate(server.url("nothing")), /404/);
    await failsWith("FETCH_FAILED", () => estimate(server.url("empty")), /empty/);
    await failsWith("MODEL_FORMAT", () => estimate(server.url("first")));
    await failsWith("MODEL_FORMAT", () => estimate(tiny.subarray(0, 200)));
    await failsWith("INVALID_ARGUMENT", () => estimate(tinyCheckpoint()), /folder/);
    await failsWith("INVALID_ARGUMENT", () => estimate(5));
    await failsWith("ABORTED", () => estimate(server.url("good"), { signal: AbortSignal.abort() }));
  });
});
