// kinvec/vectors: vectors in fewer dimensions, as scikit-learn has them, and analyses that are saved.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { createIndex } from "kinvec/search";
import * as vectors from "kinvec/vectors";
import { goldenShort, hashShort } from "../common/short_vectors.mjs";
import { cosine, goldenJson, goldenValues, rowsOf } from "./goldens.mjs";
import { assertSameBits, failsWith, norm } from "./helpers.mjs";
import { xxh64 } from "./index_file_maker.mjs";

const { fitPca, Pca } = vectors;
const { fits } = goldenJson("vectors.json");
const sentences = rowsOf(goldenValues("minilm/vectors.f16"), 384);
const kTolerance = 1e-5; // of the largest number

function assertNear(actual, expected, message) {
  assert.equal(actual.length, expected.length, message);
  const scale = Math.max(1, ...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) {
    assert.ok(Math.abs(actual[i] - value) <= kTolerance * scale, `${message}[${i}]: ${actual[i]}, not ${value}`);
  }
}

describe("fitPca is scikit-learn's PCA", () => {
  for (const fit of fits) {
    const vectors = fit.table ?? sentences.slice(...fit.rows);
    const shown = fit.table ?? fit.shown.map((row) => sentences[row]);
    const { dimensions, rank } = fit;

    it(`in its axes and variances (${fit.name})`, async () => {
      const pca = await fitPca(vectors, { dimensions });
      assert.deepEqual([pca.dimensions, pca.inputDimensions], [dimensions, vectors[0].length]);
      assertNear(pca.explainedVariance, fit.explainedVariance, "explainedVariance");
      assertNear(pca.explainedVarianceRatio, fit.explainedVarianceRatio, "explainedVarianceRatio");
      assertNear(pca.components[0], fit.firstComponent, "components[0]");
      for (const [i, a] of pca.components.entries()) {
        for (const [j, b] of pca.components.entries()) {
          const product = a.reduce((sum, value, d) => sum + value * b[d], 0);
          assert.ok(Math.abs(product - (i === j ? 1 : 0)) < 1e-6, `axes ${i} and ${j}: ${product}`);
        }
      }
    });

    it(`in what it makes of vectors, and whitened (${fit.name})`, async () => {
      const pca = await fitPca(vectors, { dimensions, normalize: false });
      const white = await fitPca(vectors, { dimensions, normalize: false, whiten: true });
      const ownOf = (one) => one.transform(shown).map((row) => row.slice(0, rank));
      for (const [i, row] of ownOf(pca).entries()) assertNear(row, fit.transformed[i], `transformed[${i}]`);
      for (const [i, row] of ownOf(white).entries()) assertNear(row, fit.whitened[i], `whitened[${i}]`);
      // Where the vectors of the fit do not vary there is nothing to divide by.
      for (const row of white.transform(shown)) assert.ok(row.slice(rank).every((value) => value === 0));
    });
  }
});

describe("shortened vectors", () => {
  it("have length 1 unless that is not wanted, and zeros stay zeros", async () => {
    const pca = await fitPca(sentences, { dimensions: 32 });
    for (const row of pca.transform(sentences)) assert.ok(Math.abs(norm(row) - 1) < 1e-6);
    const [plain] = (await fitPca(sentences, { dimensions: 32, normalize: false })).transform(sentences);
    assert.ok(cosine(plain, pca.transform(sentences)[0]) > 1 - 1e-12 && norm(plain) < 0.99);
    assert.deepEqual([...pca.transform([pca.mean])[0]], Array(32).fill(0));
  });

  it("of vectors that are all the same are zeros, and explain nothing", async () => {
    for (const whiten of [false, true]) {
      const pca = await fitPca(Array(5).fill([1, 2, 3]), { dimensions: 3, whiten });
      assert.deepEqual([...pca.explainedVarianceRatio], [0, 0, 0]);
      assert.deepEqual(pca.transform([[1, 2, 3]]), [new Float32Array(3)]);
    }
  });

  it("keep their distances if no dimension is left out", async () => {
    const pca = await fitPca(sentences, { dimensions: 384, normalize: false });
    const shortened = pca.transform(sentences.slice(0, 20));
    const distance = (a, b) => Math.hypot(...a.map((value, i) => value - b[i]));
    for (let i = 1; i < 20; i++) {
      const [left, right] = [distance(shortened[0], shortened[i]), distance(sentences[0], sentences[i])];
      assert.ok(Math.abs(left - right) < 1e-5);
    }
    const sum = pca.explainedVarianceRatio.reduce((total, share) => total + share, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9);
  });

  it("have the same bits at every fit, alone and among others, also if the vectors are changed meanwhile", async () => {
    const copies = sentences.slice(0, 100).map((row) => row.slice());
    const going = fitPca(copies, { dimensions: 8, whiten: true });
    for (const row of copies) row.fill(1);
    const [first, second] = [await going, await fitPca(sentences.slice(0, 100), { dimensions: 8, whiten: true })];
    assert.deepEqual(first.save(), second.save());
    const all = first.transform(sentences);
    for (const [i, row] of all.entries()) assertSameBits(second.transform([sentences[i]])[0], row);
  });

  it("have the same bits in every engine", async () => {
    assert.deepEqual(await hashShort(vectors), goldenShort);
  });

  it("are searched as the whole ones are", async () => {
    const embedded = { vectors: sentences, fingerprint: "a-model" };
    const pca = await fitPca(embedded, { dimensions: 64 });
    const index = await createIndex({ dimensions: 64, fingerprint: pca.fingerprint });
    index.add([...sentences.keys()], pca.transform(embedded));
    const exact = await createIndex({ dimensions: 384 });
    exact.add([...sentences.keys()], sentences);
    const queries = { vectors: sentences.slice(0, 50), fingerprint: "a-model" };
    const found = index.searchBatch(pca.transform(queries), { topK: 10 });
    const wanted = exact.searchBatch(queries.vectors, { topK: 10 });
    const kept = found.map((hits, i) => hits.filter(({ id }) => wanted[i].some((hit) => hit.id === id)).length / 10);
    assert.ok(kept.reduce((sum, share) => sum + share) / kept.length > 0.7);
    for (const [i, hits] of found.entries()) assert.equal(hits[0].id, i);
  });
});

describe("a fingerprint", () => {
  const embedded = { vectors: sentences, fingerprint: "a-model" };

  it("tells the analysis of vectors as well as their model", async () => {
    const [short, white] = await Promise.all([
      fitPca(embedded, { dimensions: 8 }),
      fitPca(embedded, { dimensions: 8, whiten: true }),
    ]);
    assert.match(short.fingerprint, /^a-model-pca-[0-9a-f]{16}$/);
    assert.notEqual(short.fingerprint, white.fingerprint);
    assert.equal(short.transform(embedded).fingerprint, short.fingerprint);
    const index = await createIndex({ dimensions: 8, fingerprint: short.fingerprint });
    await failsWith("MODEL_MISMATCH", () => index.add([...sentences.keys()], white.transform(embedded)));
    await failsWith("MODEL_MISMATCH", () => short.transform({ vectors: sentences, fingerprint: "another" }));
    await failsWith("MODEL_MISMATCH", () => Pca.load(short.save()).transform({ vectors: sentences, fingerprint: "b" }));
  });

  it("is none where nothing is known of the vectors of the fit", async () => {
    const pca = await fitPca(sentences, { dimensions: 8 });
    assert.equal(pca.fingerprint, undefined);
    await createIndex({ dimensions: 8, fingerprint: pca.fingerprint });
    assert.match(pca.transform(embedded).fingerprint, /^a-model-pca-/);
  });
});

describe("a saved analysis", () => {
  it("answers the same bits when it is loaded, in the other form of the package too", async () => {
    const Other = createRequire(import.meta.url)("kinvec/vectors").Pca;
    for (const options of [{ dimensions: 1 }, { dimensions: 20, whiten: true }, { dimensions: 7, normalize: false }]) {
      const pca = await fitPca({ vectors: sentences.slice(0, 60), fingerprint: "m\u00f6del" }, options);
      const bytes = pca.save();
      for (const back of [Pca.load(bytes), Pca.load(bytes.buffer), Other.load(bytes)]) {
        assert.deepEqual(back.save(), bytes);
        for (const [i, row] of back.transform(sentences).entries())
          assertSameBits(row, pca.transform([sentences[i]])[0]);
        const fields = ["whiten", "normalize", "dimensions", "mean", "components", "explainedVariance", "fingerprint"];
        for (const field of fields) assert.deepEqual(back[field], pca[field], field);
      }
    }
  });

  it("is refused where a byte has changed, is missing or is too many", async () => {
    const bytes = (await fitPca([[0, 1, 2], [3, 1, 0], [4, 4, 4]], { dimensions: 2 })).save(); // biome-ignore format: a table
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] ^= 0x10;
      const code = at < 8 || (at >= 16 && at < 28) ? "MODEL_FORMAT" : at < 12 ? "MODEL_VERSION" : "MODEL_HASH";
      await failsWith(code, () => Pca.load(damaged));
      await failsWith("MODEL_FORMAT", () => Pca.load(bytes.slice(0, at)));
    }
    await failsWith("MODEL_FORMAT", () => Pca.load(new Uint8Array([...bytes, 0])));
  });

  it("ends with the checksum of all before it, whatever its length", async () => {
    for (let length = 0; length < 40; length++) {
      const embedded = { vectors: [[0, 1], [3, 1], [4, 4]], fingerprint: "f".repeat(length) }; // biome-ignore format: a table
      const bytes = Buffer.from((await fitPca(embedded, { dimensions: 1 })).save());
      assert.deepEqual(bytes.subarray(-8), Buffer.from(xxh64(bytes.subarray(0, -8))));
    }
  });

  it("is refused where its numbers cannot be, though the checksum is right", async () => {
    const bytes = (await fitPca([[0, 1], [3, 1], [4, 4]], { dimensions: 2 })).save(); // biome-ignore format: a table
    const changed = (change) => {
      const copy = Buffer.from(bytes);
      change(copy);
      xxh64(copy.subarray(0, -8)).copy(copy, copy.length - 8);
      return copy;
    };
    assert.deepEqual(Buffer.from(Pca.load(changed(() => {})).save()), Buffer.from(bytes));
    const wrong = [
      (copy) => copy.writeDoubleLE(-1, 40), // a variance
      (copy) => copy.writeDoubleLE(Number.NaN, 32), // that of all
      (copy) => copy.writeDoubleLE(1e9, 48), // the second is larger than the first
      (copy) => copy.writeFloatLE(Number.POSITIVE_INFINITY, 56), // the mean
      (copy) => copy.writeFloatLE(0.3, 64), // an axis
      (copy) => copy.writeUInt32LE(8, 12), // flags
      (copy) => copy.writeUInt32LE(1, 28), // what is always 0
    ];
    for (const change of wrong) await failsWith("MODEL_FORMAT", () => Pca.load(changed(change)));
  });
});

describe("fitPca refuses", () => {
  const refused = (pattern, ...given) => failsWith("INVALID_ARGUMENT", () => fitPca(...given), pattern);

  it("vectors that are none, or too few, or not finite", async () => {
    await refused(/vectors must be an array/, "text", { dimensions: 1 });
    await refused(/vectors must be an array/, undefined, { dimensions: 1 });
    await refused(/at least two vectors, not 0/, [], { dimensions: 1 });
    await refused(/at least two vectors, not 1/, [[1, 2]], { dimensions: 1 });
    await refused(/no dimensions/, [[], []], { dimensions: 1 });
    await refused(/vectors\[1\] must be a Float32Array or an array of numbers, not string/, [[1], "a"], {
      dimensions: 1,
    });
    const bad = await refused(/vectors\[1\]\[0\] is NaN/, [[1], [Number.NaN]], { dimensions: 1 });
    assert.equal(bad.at, 1);
    const short = await failsWith(
      "DIMENSION_MISMATCH",
      () => fitPca([[1, 2], [1]], { dimensions: 1 }),
      /the first has 2/,
    );
    assert.equal(short.at, 1);
  });

  it("options that are wrong", async () => {
    const vectors = [[1, 2, 3], [4, 5, 7]]; // biome-ignore format: a table
    await refused(/options.dimensions is missing/, vectors, {});
    await refused(/options.dimensions is missing/, vectors);
    await refused(/options must be an object/, vectors, 2);
    for (const dimensions of [0, 1.5, 3, -1, "1", Number.NaN]) {
      await refused(/options.dimensions must be/, vectors, { dimensions });
    }
    await refused(/options.whiten/, vectors, { dimensions: 1, whiten: 1 });
    await refused(/options.normalize/, vectors, { dimensions: 1, normalize: null });
    await refused(/options.signal/, vectors, { dimensions: 1, signal: {} });
    await refused(/options.onProgress/, vectors, { dimensions: 1, onProgress: 1 });
  });

  it("to go on once it is cancelled", async () => {
    const controller = new AbortController();
    const shares = [];
    const cancelled = fitPca(sentences, {
      dimensions: 4,
      signal: controller.signal,
      onProgress: ({ fraction }) => {
        shares.push(fraction);
        if (fraction > 0.7) controller.abort();
      },
    });
    await failsWith("ABORTED", () => cancelled);
    assert.ok(shares.at(-1) < 0.9);
    await failsWith("ABORTED", () => fitPca(sentences, { dimensions: 4, signal: AbortSignal.abort() }));
  });

  it("to say that it has done less than before", async () => {
    const shares = [];
    await fitPca(sentences, { dimensions: 4, onProgress: ({ fraction }) => shares.push(fraction) });
    assert.equal(shares.at(-1), 1);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.ok(shares.length > 20);
  });
});

describe("a fitted analysis refuses", () => {
  it("vectors of another length, and stays usable", async () => {
    const pca = await fitPca(sentences, { dimensions: 4 });
    const error = await failsWith("DIMENSION_MISMATCH", () => pca.transform([sentences[0], [1, 2]]), /fit had 384/);
    assert.equal(error.at, 1);
    await failsWith("INVALID_ARGUMENT", () => pca.transform(sentences[0]), /must be an array of vectors/);
    await failsWith("INVALID_ARGUMENT", () => pca.transform([sentences[0].map(() => Number.NaN)]), /is NaN/);
    assert.equal(pca.transform([sentences[0]])[0].length, 4);
    assert.deepEqual(pca.transform([]), []);
  });

  it("vectors for whose moments there is no memory, and a fingerprint that is none", async () => {
    const long = [1, 2].map((value) => new Float32Array(100_000).fill(value, value));
    await failsWith("OUT_OF_MEMORY", () => fitPca(long, { dimensions: 1 }));
    const embedded = { vectors: sentences, fingerprint: 5 };
    await failsWith("INVALID_ARGUMENT", () => fitPca(embedded, { dimensions: 2 }), /fingerprint must be a string/);
  });

  it("bytes that are none", async () => {
    for (const bytes of [undefined, "KINVECPC", [1, 2]]) {
      await failsWith("INVALID_ARGUMENT", () => Pca.load(bytes), /bytes must be/);
    }
  });
});
