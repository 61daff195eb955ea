// Indexes as files: what is saved comes back the same by every way, and what is damaged is refused.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { KinvecError } from "kinvec";
import { createIndex, loadIndex } from "kinvec/search";
import { toNpy } from "kinvec/storage";
import { goldenIndexFiles, hashIndexFiles, knownVectors } from "../common/search_bits.mjs";
import { binaryOption, failsWith, modelFile } from "./helpers.mjs";
import { floats, indexFile, numberId, plain, stringId, utf16Id } from "./index_file_maker.mjs";
import { serveModel } from "./model_server.mjs";

const dimensions = 20;
const create = (options = {}) => createIndex({ dimensions, ...binaryOption, ...options });
const loadTested = (source, options = {}) => loadIndex(source, { ...binaryOption, ...options });
const forms = ["f32", "int8", "binary"].flatMap((precision) => [
  { precision, rescore: true },
  { precision, rescore: false },
]);
const oddIds = [
  "",
  "tea",
  "1",
  1,
  -0.5,
  1e300,
  Number.NaN,
  "nul\0nul",
  "\uFEFFbom",
  "\uD800",
  "a\uDC00b",
  "🦊",
  "\u00E9",
  "e\u0301",
];

async function filled(count, options = {}) {
  const index = await create(options);
  const vectors = knownVectors(count, dimensions);
  index.add(
    vectors.map((_, i) => oddIds[i] ?? (i % 2 ? i : `item ${i}`)),
    vectors,
  );
  return index;
}

const queries = knownVectors(5, dimensions, 99);

function assertSame(actual, expected) {
  for (const key of ["size", "dimensions", "precision", "scores", "bytesPerItem", "fingerprint"]) {
    assert.equal(actual[key], expected[key], key);
  }
  assert.deepEqual(actual.ids(), expected.ids());
  const hits = (index) =>
    index.searchBatch(queries, { topK: 50 }).map((list) => list.map(({ id, score }) => [id, score]));
  assert.deepEqual(hits(actual), hits(expected));
}

async function bytesOf(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe("a saved index", () => {
  it("comes back with the same ids, hits and score bits, in every form", async () => {
    for (const form of forms) {
      for (const count of [0, 1, 700]) {
        const index = await filled(count, { ...form, fingerprint: "a model" });
        const bytes = index.save();
        assert.deepEqual(await bytesOf(index.saveStream()), bytes);
        const loaded = await loadTested(bytes);
        assertSame(loaded, index);
        assert.deepEqual(loaded.save(), bytes);
        if (form.rescore) assert.deepEqual(loaded.get("tea"), index.get("tea"));
      }
    }
  });

  it("is the file that the documentation describes", async () => {
    const index = await createIndex({ dimensions: 2, fingerprint: "a model", ...binaryOption });
    index.add(
      [7, "tea"],
      [
        [1, 0],
        [0, 1],
      ],
    );
    assert.deepEqual(index.save(), indexFile());
    const lone = indexFile({ ids: [stringId("\uFEFFé"), utf16Id("\uD800x")] });
    assert.deepEqual((await loadTested(lone)).ids(), ["\uFEFFé", "\uD800x"]);
    const blocks = indexFile({
      items: 3,
      ids: [numberId(1), numberId(2), numberId(3)],
      rows: [floats(1, 2), floats(3, 4, 5, 6)],
    });
    const loaded = await loadTested(blocks);
    assert.deepEqual([1, 2, 3].map((id) => [...loaded.get(id)]), [[1, 2], [3, 4], [5, 6]]); // biome-ignore format: rows
  });

  it("has the same bytes in every engine and binary, and is read in both binaries", async () => {
    assert.equal(await hashIndexFiles(createIndex, binaryOption), goldenIndexFiles);
    for (const form of forms) {
      const index = await filled(300, form);
      assertSame(await loadIndex(index.save(), { binary: "simd128" }), index);
    }
  });

  it("is used on: added to, changed, saved again", async () => {
    for (const form of forms) {
      const index = await filled(40, form);
      const loaded = await loadTested(index.save());
      for (const each of [index, loaded]) {
        each.remove(["tea", 17]);
        each.add(["tea", 17], queries.slice(0, 2));
        each.upsert(1, queries[2]);
      }
      assertSame(loaded, index);
      assert.deepEqual(loaded.save(), index.save());
      await failsWith("INVALID_ARGUMENT", () => loaded.add("tea", queries[0]), /already there/);
    }
  });

  it("of 100,000 vectors of 384 is saved and loaded, also as a stream", async () => {
    const [count, width] = [100_000, 384];
    const index = await createIndex({ dimensions: width, precision: "int8", ...binaryOption });
    const some = knownVectors(1000, width);
    for (let start = 0; start < count; start += some.length) {
      const vectors = some.map((vector) => vector.map((value, i) => value + start / count / (i + 1)));
      index.add(
        vectors.map((_, i) => `item ${start + i}`),
        vectors,
      );
    }
    const loaded = await loadTested(index.saveStream());
    assert.equal(loaded.size, count);
    const hits = index.searchBatch(some.slice(0, 20));
    assert.deepEqual(loaded.searchBatch(some.slice(0, 20)), hits);
    const bytes = loaded.save();
    assert.ok(bytes.byteLength > 4 * count * width && bytes.byteLength < 4.1 * count * width);
    assert.deepEqual((await loadTested(bytes)).searchBatch(some.slice(0, 20)), hits);
  });

  it("is streamed as it was when the stream was made, or not at all", async () => {
    const index = await filled(5000);
    const bytes = index.save();
    const grown = index.saveStream();
    index.add("one more", queries[0]);
    assert.deepEqual(await bytesOf(grown), bytes);
    for (const change of [() => index.remove("tea"), () => index.upsert(1, queries[1]), () => index.clear()]) {
      const stream = index.saveStream();
      change();
      await failsWith("INVALID_ARGUMENT", () => bytesOf(stream), /while the index was being saved/);
    }
    const stream = index.saveStream();
    index.dispose();
    await failsWith("DISPOSED", () => bytesOf(stream));
    await failsWith("DISPOSED", () => index.save());
    await failsWith("DISPOSED", () => index.saveStream());
  });
});

describe("loadIndex", () => {
  let index;
  let bytes;
  let server;
  let folder;
  before(async () => {
    index = await filled(3000, { precision: "int8" });
    bytes = index.save();
    server = await serveModel(bytes);
    folder = mkdtempSync(path.join(tmpdir(), "kinvec-index-"));
    writeFileSync(path.join(folder, "my.index"), bytes);
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("takes URLs, paths, responses, streams, bytes and blobs", async () => {
    const file = path.join(folder, "my.index");
    const offset = new Uint8Array(bytes.length + 3);
    offset.set(bytes, 3);
    const sources = [
      ...["good", "chunked", "gzip"].map((name) => server.url(name)),
      new URL(server.url("good")),
      new Request(server.url("good")),
      await fetch(server.url("good")),
      file,
      pathToFileURL(file),
      index.saveStream(),
      bytes,
      Buffer.from(bytes),
      bytes.buffer,
      offset.subarray(3),
      new Blob([bytes]),
    ];
    for (const source of sources) assertSame(await loadTested(source), index);
    assertSame(await loadTested("my.index", { baseUrl: pathToFileURL(`${folder}/`) }), index);
  });

  it("takes chunks of any size", async () => {
    for (const size of [1, 7, 40, 4096, 70_000]) {
      const small = await filled(30);
      const whole = size === 1 ? small.save() : bytes;
      const chunks = new ReadableStream({
        start(controller) {
          for (let at = 0; at < whole.length; at += size) controller.enqueue(whole.slice(at, at + size));
          controller.close();
        },
      });
      assertSame(await loadTested(chunks), size === 1 ? small : index);
    }
  });

  it("tells what it has got where that is no index", async () => {
    await failsWith("FETCH_FAILED", () => loadTested(server.url("nowhere")), /404/);
    await failsWith("FETCH_FAILED", () => loadTested(server.url("html")), /expected an index, got HTML/);
    await failsWith("FETCH_FAILED", () => loadTested(server.url("lfs")), /Git LFS pointer/);
    await failsWith("FETCH_FAILED", () => loadTested(server.url("empty")), /is empty/);
    await failsWith("MODEL_FORMAT", () => loadTested(server.url("text")), /not an index/);
    await failsWith("FETCH_FAILED", () => loadTested(server.url("cut")));
    await failsWith("MODEL_FORMAT", () => loadTested(server.url("half")), /half: the file ends too early/);
    await failsWith("MODEL_FORMAT", () => loadTested(server.url("first")), /not an index/);
    await failsWith("MODEL_HASH", () => loadTested(server.url("flipped")), /do not match their checksum/);
    await failsWith("MODEL_FORMAT", () => loadTested(modelFile), /all-MiniLM-L6-v2.q8.gguf: not an index: a model/);
    await failsWith("MODEL_FORMAT", () => loadTested(toNpy(queries)), /the given bytes: not an index/);
    await failsWith("MODEL_FORMAT", () => loadTested(new TextEncoder().encode('{"dimensions": 3}')), /not an index/);
    await failsWith("FETCH_FAILED", () => loadTested(path.join(folder, "none.index")), /could not be read/);
    await failsWith("INVALID_ARGUMENT", () => loadTested(folder), /not a folder/);
    await failsWith("INVALID_ARGUMENT", () => loadTested({ "a.index": bytes }), /not a folder/);
    await failsWith("INVALID_ARGUMENT", () => loadTested(7), /source must be .* not number/);
    await failsWith("INVALID_ARGUMENT", () => loadTested(bytes, { baseUrl: 7 }), /baseUrl/);
    await failsWith("INVALID_ARGUMENT", () => loadTested(bytes, { model: {} }), /model must be a model/);
    await failsWith("INVALID_ARGUMENT", () => loadTested(bytes, { fingerprint: 7 }), /fingerprint must be a string/);
  });

  it("reports progress and can be cancelled", async () => {
    const seen = [];
    await loadTested(server.url("good"), { onProgress: (progress) => seen.push(progress) });
    assert.ok(seen.length > 1 && seen.every(({ fraction }, i) => i === 0 || fraction >= seen[i - 1].fraction));
    assert.deepEqual([seen.at(-1).fraction, seen.at(-1).loaded], [1, bytes.length]);
    await failsWith("ABORTED", () => loadTested(bytes, { signal: AbortSignal.abort() }));
    const controller = new AbortController();
    const stalled = loadTested(server.url("stalled"), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await failsWith("ABORTED", () => stalled);
  });

  describe("at the end of memory", () => {
    const { grow } = WebAssembly.Memory.prototype;
    afterEach(() => {
      WebAssembly.Memory.prototype.grow = grow;
    });

    it("says so", async () => {
      WebAssembly.Memory.prototype.grow = () => {
        throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
      };
      const items = indexFile({
        items: 120_000,
        dimensions: 20,
        ids: [Buffer.concat(Array.from({ length: 120_000 }, (_, i) => numberId(i)))],
        rows: Array.from({ length: 120 }, () => Buffer.alloc(4 * 20 * 1000)),
      });
      await failsWith("OUT_OF_MEMORY", () => loadTested(items));
    });
  });
});

/** Numbers in [0, below) that are the same in every run. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const damageCodes = new Set(["MODEL_FORMAT", "MODEL_VERSION", "MODEL_HASH", "FETCH_FAILED"]);

async function codeOfLoading(bytes) {
  try {
    const index = await loadTested(bytes);
    for (const { score } of index.search(new Float32Array(index.dimensions).fill(0.5), { topK: 100 })) {
      assert.ok(Number.isFinite(score));
    }
    return "loaded";
  } catch (error) {
    assert.ok(error instanceof KinvecError, error?.stack);
    return error.code;
  }
}

describe("a damaged index file", () => {
  it("is refused, wherever it is cut and whichever byte is changed", async () => {
    const good = indexFile();
    for (let length = 0; length < good.length; length++) {
      const code = await codeOfLoading(good.slice(0, length));
      assert.ok(damageCodes.has(code), `cut to ${length}: ${code}`);
    }
    for (let at = 0; at < good.length; at++) {
      const bytes = good.slice();
      bytes[at] ^= 1 << (at % 8);
      const code = await codeOfLoading(bytes);
      assert.ok(damageCodes.has(code), `byte ${at}: ${code}`);
    }
    assert.equal(await codeOfLoading(good), "loaded");
  });

  it("is refused by name when its checksums are right but what they cover is not", async () => {
    const row = floats(1, 0, 0, 1);
    const refused = {
      version: [{ version: 3 }, "MODEL_VERSION", /version 3; this package reads versions 1 and 2/],
      precision: [{ precision: 3 }, "MODEL_FORMAT", /header/],
      "no dimensions": [{ dimensions: 0 }, "MODEL_FORMAT", /header/],
      "too many dimensions": [{ dimensions: 65537 }, "MODEL_FORMAT", /header/],
      "too many for int8": [{ precision: 1, dimensions: 8193 }, "MODEL_FORMAT", /header/],
      "f32 without vectors": [{ vectors: 0 }, "MODEL_FORMAT", /header/],
      "a flag of 2": [{ vectors: 2 }, "MODEL_FORMAT", /header/],
      "what is reserved": [{ reserved: 1 }, "MODEL_FORMAT", /header/],
      "more items than ids": [{ items: 0xffffffff }, "MODEL_FORMAT", /a block of ids is missing/],
      "more ids than items": [{ items: 1 }, "MODEL_FORMAT", /not as many as the items/],
      "an id twice": [{ ids: [Buffer.concat([numberId(7), numberId(7)])] }, "MODEL_FORMAT", /occurs twice/],
      "an id twice in two blocks": [{ ids: [numberId(7), numberId(7)] }, "MODEL_FORMAT", /occurs twice/],
      "an empty block of ids": [{ ids: [Buffer.alloc(0)] }, "MODEL_FORMAT", /not as many/],
      "an id of a new kind": [{ ids: [Buffer.of(3, 0, 0, 0, 0, 0, 0, 0, 0)] }, "MODEL_FORMAT", /unknown kind/],
      "an id that is cut": [{ ids: [numberId(7).subarray(0, 8)] }, "MODEL_FORMAT", /passes the end/],
      "an endless id": [{ ids: [Buffer.from([1, ...Array(8).fill(255)])] }, "MODEL_FORMAT", /passes the end/],
      "an id of half units": [{ ids: [Buffer.from([2, 1, 0, 0, 0, 0, 0, 0, 0, 65])] }, "MODEL_FORMAT", /unknown kind/],
      "an id of bad UTF-8": [
        { ids: [Buffer.from([1, 1, 0, 0, 0, 0, 0, 0, 0, 255])] },
        "MODEL_FORMAT",
        /not valid UTF-8/,
      ],
      "no rows": [{ rows: [] }, "MODEL_FORMAT", /ends too early/],
      "too few rows": [{ rows: [floats(1, 0)] }, "MODEL_FORMAT", /ends too early/],
      "too many rows": [{ rows: [row, floats(1, 0)] }, "MODEL_FORMAT", /goes on behind its end/],
      "too many rows in a block": [{ rows: [floats(1, 0, 0, 1, 1, 1)] }, "MODEL_FORMAT", /no number of rows/],
      "half a row": [{ rows: [row.subarray(0, 12)] }, "MODEL_FORMAT", /no number of rows/],
      "an empty block of rows": [{ rows: [Buffer.alloc(0)] }, "MODEL_FORMAT", /no number of rows/],
      infinity: [{ rows: [floats(1, 0, Infinity, 1)] }, "MODEL_FORMAT", /not finite/],
      "a byte more": [{ behind: Buffer.of(0) }, "MODEL_FORMAT", /goes on behind its end/],
      "an endless block": [{ blocks: [[1, plain.fingerprint, 0xffffffff]] }, "MODEL_FORMAT", /ends too early/],
      "a wrong order": [{ blocks: [[2, plain.ids[0]]] }, "MODEL_FORMAT", /a block of fingerprint is missing/],
      "a row of -128": [
        { precision: 1, vectors: 0, rows: [Buffer.from([0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 128, 1])] },
        "MODEL_FORMAT",
        /none that an index writes/,
      ],
      "signs of no dimension": [{ precision: 2, vectors: 0, rows: [Buffer.of(3, 4)] }, "MODEL_FORMAT", /none that/],
    };
    for (const [what, [changes, code, message]] of Object.entries(refused)) {
      const error = await failsWith(code, () => loadTested(indexFile(changes)), message);
      assert.match(error.message, /^the given bytes: /, what);
    }
    const { at } = await failsWith("MODEL_FORMAT", () => loadTested(indexFile({ rows: [floats(1, 0, 1, Infinity)] })));
    assert.equal(at, indexFile().length - 8 - 8); // the second row
  });

  it("of any kind gives an error of the list or an index that works, 2000 times", async () => {
    const below = numbers(1);
    const flip = (bytes) => {
      const copy = Buffer.from(bytes);
      for (let i = below(4); i >= 0 && copy.length > 0; i--) copy[below(copy.length)] ^= 1 << below(8);
      return copy;
    };
    const resize = (bytes) =>
      below(2) ? bytes.subarray(0, below(bytes.length + 1)) : Buffer.concat([bytes, Buffer.alloc(below(20))]);
    const odd = [0, 1, 2, 3, 255, 8192, 65536, 2 ** 31, 2 ** 32 - 1];
    const codes = {};
    for (let i = 0; i < 2000; i++) {
      const precision = below(3);
      const rows = [[8, 6, 1], [8, 8, 8]][precision === 0 ? 1 : below(2)][precision]; // biome-ignore format: by form
      const parts = {
        ...plain,
        precision,
        vectors: Number(rows === 8),
        rows: [Buffer.concat(Array.from({ length: 2 }, () => Buffer.from(floats(1, -1).subarray(0, rows))))],
      };
      const name = Object.keys(plain)[below(11)];
      const old = parts[name];
      if (name === "magic") parts.magic = flip(old).toString("latin1").slice(0, 8);
      else if (typeof old === "number") parts[name] = below(2) ? odd[below(odd.length)] : old ^ (1 << below(32));
      else if (Array.isArray(old)) parts[name] = below(4) ? old.map(below(2) ? flip : resize) : [...old, ...old];
      else parts[name] = below(2) ? flip(old) : resize(old);
      const bytes = indexFile(parts);
      const code = await codeOfLoading(below(4) ? bytes : new Uint8Array(flip(bytes)));
      assert.ok(code === "loaded" || damageCodes.has(code), code);
      codes[code] = (codes[code] ?? 0) + 1;
    }
    for (const code of ["loaded", "MODEL_FORMAT", "MODEL_HASH", "MODEL_VERSION"]) assert.ok(codes[code] > 20, code);
  });
});
