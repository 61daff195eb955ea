// Values of another realm, such as a frame or a test environment, whose classes are not those of the script.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { createContext, runInContext } from "node:vm";
import { load, similarity } from "kinvec";
import { convert } from "kinvec/convert";
import { createIndex } from "kinvec/search";
import { loadTokenizer } from "kinvec/tokenizers";
import { assertSameBits, failsWith } from "./helpers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const context = createContext({});
const elsewhere = (code) => runInContext(`(${code})`, context);

/** The same bytes or numbers, in a typed array of the other realm. */
const copyOf = (array) => elsewhere(`(values) => ${array.constructor.name}.from(values)`)(array);

const file = await convert(tinyCheckpoint(), { dtype: "f32" });
const wasm = readFileSync(createRequire(import.meta.url).resolve("kinvec/kinvec-simd128.wasm"));

describe("values of another realm", () => {
  it("are none of this one", () => {
    assert.ok(!(copyOf(file) instanceof Uint8Array));
    assert.ok(!(elsewhere("{}") instanceof Object));
  });

  it("are sources of a model", async () => {
    const model = await load(file);
    const [expected] = (await model.embed("cat")).vectors;
    const bytes = copyOf(file);
    const folder = Object.assign(elsewhere("{}"), tinyCheckpoint());
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    for (const source of [bytes, bytes.buffer, stream, folder]) {
      const other = await load(source, { dtype: "f32" });
      assertSameBits((await other.embed("cat")).vectors[0], expected);
      other.dispose();
    }
  });

  it("are binaries", async () => {
    const bytes = copyOf(new Uint8Array(wasm));
    for (const simd128 of [bytes, bytes.buffer, elsewhere("(bytes) => new WebAssembly.Module(bytes)")(wasm)]) {
      const model = await load(file, { wasm: { simd128 } });
      assert.equal((await model.embed("cat")).vectors.length, 1);
      model.dispose();
    }
  });

  it("are vectors to compare and to search for, or none", async () => {
    const vector = copyOf(Float32Array.of(1, 0));
    assert.equal(similarity(vector, [1, 0]), 1);
    const index = await createIndex({ dimensions: 2 });
    index.add("x", vector);
    index.add(elsewhere('["y", "z"]'), elsewhere("[new Float32Array([0, 1]), [0, -1]]"));
    assert.equal(index.search(vector)[0].id, "x");
    for (const wrong of ["new DataView(new ArrayBuffer(8))", "new BigInt64Array(2)"]) {
      await failsWith("INVALID_ARGUMENT", () => similarity(elsewhere(wrong), [1, 0]));
    }
  });

  it("are tokenizers and ids", async () => {
    const json = elsewhere('{ model: { type: "WordLevel", vocab: { a: 0, b: 1 }, unk_token: "a" } }');
    const tokenizer = await loadTokenizer(json);
    for (const ids of ["[1]", "new Int32Array([1])", "new Uint32Array([1])"]) {
      assert.equal(tokenizer.decode(elsewhere(ids)), "b");
    }
  });

  it("are the reason of an error, in full", async () => {
    const error = elsewhere('Object.assign(new Error("fetch failed"), { cause: new Error("no route") })');
    const source = new ReadableStream({ start: (controller) => controller.error(error) });
    await failsWith("FETCH_FAILED", () => load(source), /failed: fetch failed \(no route\)$/);
  });
});
