// Bytes and numbers whose buffer was transferred, say to a worker: they are refused by name wherever they are given.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { load } from "kinvec";
import { Profile } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { fromNpy, fromSqliteFloat, toNpy } from "kinvec/storage";
import { fitPca, int8Ranges, int8Similarity, Pca, quantizeBinary, quantizeInt8 } from "kinvec/vectors";
import {
  CountVectorizer,
  denseRows,
  loadTextClassifier,
  loadWordVectors,
  nearestRows,
  saveWordVectors,
  sparseCosine,
  sparseRow,
  trainWordVectors,
  WordVectors,
} from "kinvec/words";
import { failsWith } from "./helpers.mjs";

function detached(given) {
  const buffer = given.buffer ?? given;
  structuredClone(buffer, { transfer: [buffer] });
  return given;
}

const refused = (action, pattern) => failsWith("INVALID_ARGUMENT", action, pattern);
const floats = () => detached(new Float32Array(2));
const bytes = () => detached(new Uint8Array(100));

describe("what is detached is refused", () => {
  it("as a file", async () => {
    for (const read of [load, loadWordVectors, loadTextClassifier]) {
      await refused(() => read(bytes()), /source must be .+, not detached Uint8Array/);
      await refused(() => read(bytes().buffer), /not detached ArrayBuffer/);
    }
    for (const read of [(given) => Profile.load(given), (given) => Pca.load(given), fromNpy]) {
      await refused(() => read(bytes()), /not detached Uint8Array/);
      await refused(() => read(bytes().buffer), /not detached ArrayBuffer/);
    }
    await refused(() => fromSqliteFloat(bytes()), /not detached Uint8Array/);
  });

  it("as a vector", async () => {
    const pattern = /not detached Float32Array/;
    for (const take of [int8Ranges, quantizeInt8, quantizeBinary])
      await refused(() => take([floats(), floats()]), pattern);
    await refused(() => fitPca([floats(), floats()], { dimensions: 1 }), pattern);
    const ranges = { min: [0, 0], max: floats() }; // biome-ignore format: a vector
    await refused(() => quantizeInt8([[1, 2]], { ranges }), pattern); // biome-ignore format: a vector
    await refused(
      () => int8Similarity(new Int8Array(2), [detached(new Int8Array(2))]),
      /b\[0\].+not detached Int8Array/,
    );
    await refused(() => toNpy(floats(), 2), pattern);
    const index = await createIndex({ dimensions: 2 });
    await refused(() => index.add(["a"], [floats()]), pattern);
    await refused(() => index.search(floats()), pattern);
    assert.equal(index.size, 0);
    index.dispose();
  });

  it("as the rows of words, also if they were there at first", async () => {
    const make = () =>
      new WordVectors(["a", "b"], new Float32Array(4).fill(1), 2, undefined, {
        architecture: "cbow",
        counts: Float64Array.of(2, 1),
        rows: new Float32Array(4),
      });
    await refused(() => new WordVectors([], floats(), 2), /vectors must be a Float32Array, not detached/);
    await refused(() => make().nearest(floats()), /query must be .+, not detached Float32Array/);
    const gone = make();
    detached(gone.rows);
    await refused(() => gone.vector("a"), /rows is no longer a Float32Array/);
    await refused(() => gone.nearest("a"), /rows is no longer a Float32Array/);
    for (const part of ["rows", "output.rows", "output.counts"]) {
      const vectors = make();
      detached(part.split(".").reduce((parts, name) => parts[name], vectors));
      const name = part.replace(".", "\\.");
      for (const format of ["word2vec", "fasttext", "gguf"]) {
        await refused(
          () => saveWordVectors(vectors, { format }),
          new RegExp(`vectors\\.${name} must be .+, not detached`),
        );
      }
      const initial = () => trainWordVectors(["a b a b"], { minCount: 1, initial: vectors });
      await refused(initial, new RegExp(`options\\.initial\\.${name} must be .+, not detached`));
    }
  });

  it("as the counts of words", async () => {
    const texts = ["a cat sat", "a dog sat", "a cat"];
    for (const part of ["data", "indices", "indptr"]) {
      const rows = new CountVectorizer().fitTransform(texts);
      detached(rows[part]);
      for (const take of [denseRows, (given) => sparseRow(given, 0), (given) => nearestRows(given, given)]) {
        await refused(() => take(rows), /must be sparse rows/);
      }
    }
    const row = sparseRow(new CountVectorizer().fitTransform(texts), 0);
    detached(row.data);
    detached(row.indices);
    await refused(() => sparseCosine(row, row), /must be a sparse vector/);
  });
});
