// kinvec/vectors: vectors in fewer bits, as sentence-transformers has them, and how similar they are.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { similarity } from "kinvec";
import { binarySimilarity, int8Ranges, int8Similarity, quantizeBinary, quantizeInt8 } from "kinvec/vectors";
import { cosine, goldenJson, goldenValues, rowsOf } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const { quantised } = goldenJson("vectors.json");
const sentences = rowsOf(goldenValues("minilm/vectors.f16"), 384);
const rows = sentences.slice(...quantised.rows);
const plain = (list) => list.map((row) => [...row]);
const refused = (pattern, action) => failsWith("INVALID_ARGUMENT", action, pattern);

describe("quantised vectors are sentence-transformers' bytes", () => {
  it("in int8, by the ranges of other vectors", () => {
    const ranges = int8Ranges(sentences.slice(...quantised.calibration));
    assert.deepEqual(plain(quantizeInt8(rows, { ranges })), quantised.int8);
    // Some values lie outside of the ranges.
    assert.ok(quantised.int8.flat().includes(-128) && quantised.int8.flat().includes(127));
  });

  it("in bits, unsigned and signed", () => {
    assert.deepEqual(plain(quantizeBinary(rows)), quantised.ubinary);
    assert.deepEqual(plain(quantizeBinary(rows, { signed: true })), quantised.binary);
    assert.deepEqual(plain(quantizeBinary([[1, 0, -1, 0.5, 0, 0, 0, 1, 2, -3]])), [[0b10010001, 0b10000000]]);
  });

  it("for what embed answers too", () => {
    const embedded = { vectors: rows, fingerprint: "a-model" };
    assert.deepEqual(quantizeBinary(embedded), quantizeBinary(rows));
    assert.deepEqual(quantizeInt8(embedded), quantizeInt8(rows));
    assert.deepEqual(int8Ranges(embedded), int8Ranges(rows));
  });
});

describe("int8 vectors", () => {
  it("have their largest value at the end of the range, each by itself", () => {
    assert.deepEqual(plain(quantizeInt8([[0.5, -1, 0.25], [0, 0, 0], [3e-30, 1e-30, 0]])), [[64, -127, 32], [0, 0, 0], [127, 42, 0]]); // biome-ignore format: a table
    for (const row of quantizeInt8(rows)) assert.equal(Math.max(...row.map(Math.abs)), 127);
  });

  it("are as similar as the vectors", () => {
    const codes = quantizeInt8(sentences);
    const scores = int8Similarity(codes[0], codes);
    assert.equal(scores.length, sentences.length);
    for (const [i, row] of sentences.entries()) {
      assert.ok(Math.abs(scores[i] - cosine(sentences[0], row)) < 0.006, `${i}: ${scores[i]}`);
      assert.equal(scores[i], Math.fround(int8Similarity(codes[0], codes[i])));
      assert.ok(Math.abs(scores[i] - similarity(codes[0], codes[i])) < 1e-7);
    }
    assert.equal(int8Similarity(codes[3], codes[3]), 1);
    assert.equal(int8Similarity(Int8Array.of(0, 0), Int8Array.of(1, 2)), 0);
    assert.ok(Math.abs(int8Similarity(Int8Array.of(-128, -128), Int8Array.of(127, 127)) + 1) < 1e-15);
  });

  it("may be as large as vectors are, whose ranges together are larger", async () => {
    const large = [[9e18, 0, 0], [0, -9e18, 0], [0, 0, 9e18], [-9e18, 0, 0]]; // biome-ignore format: a table
    const ranges = int8Ranges(large);
    assert.deepEqual([...ranges.max], [Math.fround(9e18), 0, Math.fround(9e18)]);
    const codes = quantizeInt8(large, { ranges });
    assert.deepEqual(plain(codes), [[127, 127, -128], [-1, -128, -128], [-1, 127, 127], [-128, 127, -128]]); // biome-ignore format: a table
    const widest = { min: [-1e38, 0], max: [2e38, 3e38] }; // biome-ignore format: a table
    assert.deepEqual(plain(quantizeInt8([[0, 1e18]], { ranges: widest })), [[-43, -128]]); // biome-ignore format: a table
    await refused(/vectors\[1\] is longer than 1e19/, () => int8Ranges([[0], [3e38]]));
    for (const [min, max] of [
      [-3e38, 3e38],
      [0, 1e39],
      [-1e300, 0],
      [1e300, 1e301],
    ]) {
      // biome-ignore format: a table
      const { at } = await refused(/go from .+ in dimension 1, more than 32 bits hold/, () =>
        quantizeInt8([[0, 0]], { ranges: { min: [0, min], max: [1, max] } }),
      );
      assert.equal(at, 1);
    }
  });

  it("have one code where a dimension does not vary", () => {
    const ranges = int8Ranges([[1, 0], [1, 255]]); // biome-ignore format: a table
    const codes = quantizeInt8([[1, 0], [1, 254.9], [1, -9], [1, 300]], { ranges }); // biome-ignore format: a table
    assert.deepEqual(plain(codes), [[-128, -128], [-128, 126], [-128, -128], [-128, 127]]); // biome-ignore format: a table
  });
});

describe("vectors of bits", () => {
  it("are as similar as their signs", () => {
    const bits = quantizeBinary(sentences);
    const signed = quantizeBinary(sentences, { signed: true });
    const scores = binarySimilarity(bits[0], bits);
    assert.deepEqual(binarySimilarity(signed[0], signed), scores);
    const signs = sentences.map((row) => row.map((value) => (value > 0 ? 1 : -1)));
    for (const [i, row] of signs.entries()) {
      assert.ok(Math.abs(scores[i] - cosine(signs[0], row)) < 1e-6);
      assert.equal(Math.fround(binarySimilarity(bits[0], bits[i])), scores[i]);
    }
  });

  it("do not count what fills the last byte, if that is said", () => {
    const [a, b] = quantizeBinary([[1, 1, -1, -1, 1], [1, -1, -1, 1, -1]]); // biome-ignore format: a table
    assert.equal(binarySimilarity(a, b), 1 - 6 / 8);
    assert.ok(Math.abs(binarySimilarity(a, b, { dimensions: 5 }) - (1 - 6 / 5)) < 1e-12);
    // Whatever fills it.
    assert.equal(binarySimilarity(Uint8Array.of(0x80), Uint8Array.of(0xff), { dimensions: 1 }), 1);
    assert.equal(binarySimilarity(Int8Array.of(0, -16), Int8Array.of(0, -1), { dimensions: 12 }), 1);
  });
});

describe("quantised vectors are refused", () => {
  it("that are of another kind or length", async () => {
    await refused(/a must be of type Int8Array, not Float32Array/, () => int8Similarity(rows[0], rows));
    const error = await refused(/b\[1\] must be of type Int8Array, not Uint8Array/, () =>
      int8Similarity(Int8Array.of(1), [Int8Array.of(1), Uint8Array.of(1)]),
    );
    assert.equal(error.at, 1);
    await refused(/b must be of type Uint8Array, not Int8Array/, () =>
      binarySimilarity(Uint8Array.of(1), Int8Array.of(1)),
    );
    await refused(/a is empty/, () => binarySimilarity(new Uint8Array(), []));
    const short = () => binarySimilarity(Uint8Array.of(1, 2), [Uint8Array.of(1)]);
    assert.equal((await failsWith("DIMENSION_MISMATCH", short, /2 and 1 bytes/)).at, 0);
    await failsWith("DIMENSION_MISMATCH", () => int8Similarity(Int8Array.of(1, 2), Int8Array.of(1)));
    for (const dimensions of [0, 8, 17, 9.5, "9"]) {
      const action = () => binarySimilarity(Uint8Array.of(1, 2), Uint8Array.of(1, 2), { dimensions });
      await refused(/options.dimensions must be/, action);
    }
  });

  it("with ranges that cannot be", async () => {
    await refused(/at least two vectors/, () => int8Ranges([[1, 2]]));
    const quantise = (ranges) => () => quantizeInt8([[1, 2]], { ranges });
    await refused(/options.ranges must be an object/, quantise("auto"));
    await refused(/options.ranges.min must be/, quantise({}));
    await refused(/options.ranges.max must be/, quantise({ min: [0, 0] }));
    await refused(/options.ranges.min is empty/, quantise({ min: [], max: [] }));
    await refused(/min\[1\] is 3, more than the 2 of max/, quantise({ min: [0, 3], max: [1, 2] }));
    await refused(/options.ranges.max\[0\] is NaN/, quantise({ min: [0, 3], max: [Number.NaN, 4] }));
    await failsWith("DIMENSION_MISMATCH", quantise({ min: [0, 0], max: [1] }), /options.ranges.min has 2/);
    await failsWith("DIMENSION_MISMATCH", quantise({ min: [0], max: [1] }), /the ranges have 1/);
    await refused(/options.signed/, () => quantizeBinary(rows, { signed: 1 }));
    await refused(/vectors\[0\]\[0\] is Infinity/, () => quantizeBinary([[Number.POSITIVE_INFINITY]]));
    await refused(/vectors must be an array/, () => quantizeInt8(7));
  });
});
