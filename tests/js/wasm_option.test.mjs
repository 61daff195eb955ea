// The WebAssembly binary: where it may come from, and that it is brought once.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { load } from "kinvec";
import { convert } from "kinvec/convert";
import { createIndex } from "kinvec/search";
import { trainTokenizer } from "kinvec/tokenizers";
import { failsWith } from "./helpers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { dtype: "f32" });
const { resolve } = createRequire(import.meta.url);
const wasmPath = resolve("kinvec/kinvec-simd128.wasm");
const wasm = new Uint8Array(readFileSync(wasmPath));
const searchWasm = readFileSync(resolve("kinvec/kinvec-search-simd128.wasm"));
const trainingWasm = readFileSync(resolve("kinvec/kinvec-training.wasm"));
const requests = [];
let server;
let origin;

before(async () => {
  server = createServer((request, response) => {
    requests.push(request.url);
    const name = request.url.slice(1).split("?")[0];
    if (name === "typed") response.writeHead(200, { "content-type": "application/wasm" }).end(wasm);
    else if (name === "untyped") response.writeHead(200, { "content-type": "application/octet-stream" }).end(wasm);
    else if (name === "html") response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html>");
    else response.writeHead(500).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

async function runs(simd128) {
  const model = await load(file, { wasm: { simd128 } });
  assert.equal(model.info().binary, "simd128");
  assert.equal((await model.embed("cat")).vectors.length, 1);
  model.dispose();
}

describe("a binary of the caller's own", () => {
  it("comes as bytes, a module or a response", async () => {
    await runs(wasm);
    await runs(wasm.slice().buffer);
    await runs(await WebAssembly.compile(wasm));
    await runs(await fetch(`${origin}/typed`));
    await runs(new Response(wasm));
  });

  it("comes by path or URL, whatever the server calls it", async () => {
    await runs(wasmPath);
    await runs(pathToFileURL(wasmPath));
    await runs(`${origin}/typed`);
    await runs(new URL(`${origin}/untyped`));
  });

  it("is fetched and compiled once for loads that start together, and for later ones", async () => {
    requests.length = 0;
    const url = `${origin}/typed?shared`;
    await Promise.all([runs(url), runs(url), runs(url)]);
    await runs(url);
    assert.deepEqual(requests, ["/typed?shared"]);
  });

  it("is the only one looked at", async () => {
    await failsWith(
      "INVALID_ARGUMENT",
      () => load(file, { wasm: { relaxed: wasm }, binary: "simd128" }),
      /wasm\.simd128/,
    );
  });

  it("serves an index, which has its own", async () => {
    const index = await createIndex({ dimensions: 2, wasm: { simd128: searchWasm } });
    index.add("x", [1, 0]);
    assert.equal(index.search([1, 0])[0].id, "x");
  });

  it("serves a training, which has one more", async () => {
    const texts = ["a cat", "a cart"];
    const tokenizer = await trainTokenizer(texts, { model: "bpe", wasm: { simd128: wasm, training: trainingWasm } });
    assert.deepEqual(tokenizer.encode("cat").tokens, ["ca", "t"]);
    const incomplete = { model: "bpe", wasm: { simd128: wasm } };
    await failsWith("INVALID_ARGUMENT", () => trainTokenizer(texts, incomplete), /wasm\.training/);
    const untrained = await trainTokenizer(texts, { model: "bytes", wasm: { simd128: wasm } });
    assert.equal(untrained.encode("cat").ids.length, 3);
  });
});

describe("a binary that cannot be had", () => {
  it("fails the load with its address, and is asked for again next time", async () => {
    requests.length = 0;
    for (let i = 0; i < 2; i++) await failsWith("FETCH_FAILED", () => runs(`${origin}/broken`), /\/broken.*500/);
    assert.equal(requests.length, 2);
    await failsWith("FETCH_FAILED", () => runs(`${origin}/html`), /\/html.*got HTML/);
    await failsWith("FETCH_FAILED", () => runs("no/such/file.wasm"), /file\.wasm/);
  });

  it("fails the load when it is damaged", async () => {
    await failsWith("FETCH_FAILED", () => runs(wasm.slice(0, wasm.length >> 1)), /simd128 binary/);
    await failsWith("FETCH_FAILED", () => runs(new Uint8Array(8)));
  });

  it("fails the load when it is another one of the package", async () => {
    await failsWith("FETCH_FAILED", () => runs(searchWasm), /is it the one for this call/);
    await failsWith("FETCH_FAILED", () => runs(trainingWasm), /is it the one for this call/);
    for (const simd128 of [wasm, trainingWasm]) {
      const options = { dimensions: 2, wasm: { simd128 } };
      await failsWith("FETCH_FAILED", () => createIndex(options), /is it the one for this call/);
    }
  });

  it("does not spoil a stream that was given as the model", async () => {
    let cancelled = false;
    const stream = new ReadableStream({
      cancel: () => {
        cancelled = true;
      },
    });
    const response = new Response(stream);
    await failsWith("FETCH_FAILED", () => load(response, { wasm: { simd128: new Uint8Array(8) } }));
    assert.ok(cancelled);
  });
});
