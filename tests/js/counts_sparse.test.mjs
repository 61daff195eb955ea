// Sparse rows: products, cosines and neighbours are those of the same rows with their zeros.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { similarity } from "kinvec";
import { denseRows, nearestRows, sparseCosine, sparseDot, sparseRow, TfidfVectorizer } from "kinvec/words";
import { goldenJson } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const texts = goldenJson("sentences.json").slice(0, 80);
const rows = new TfidfVectorizer({ norm: null }).fitTransform([...texts, "", texts[3]]);
const dense = denseRows(rows);
const isNear = (a, b) => assert.ok(Math.abs(a - b) < 1e-5 * Math.max(1, Math.abs(b)), `${a}, not ${b}`);

describe("sparse rows", () => {
  it("have the products and cosines of what they stand for", () => {
    for (let i = 0; i < rows.shape[0]; i += 7) {
      for (let j = 0; j < rows.shape[0]; j += 3) {
        const [a, b] = [sparseRow(rows, i), sparseRow(rows, j)];
        isNear(
          sparseDot(a, b),
          dense[i].reduce((sum, value, column) => sum + value * dense[j][column], 0),
        );
        isNear(sparseCosine(a, b), similarity(dense[i], dense[j]));
      }
    }
  });

  it("have the neighbours of what they stand for, equal ones in their order", () => {
    const found = nearestRows(rows, rows, { topK: 5 });
    assert.equal(found.length, rows.shape[0]);
    for (const [query, hits] of found.entries()) {
      assert.equal(hits.length, 5);
      const scores = dense.map((vector) => similarity(dense[query], vector)).sort((a, b) => b - a);
      for (const [i, { row, score }] of hits.entries()) {
        isNear(score, scores[i]);
        isNear(score, similarity(dense[query], dense[row]));
      }
    }
    assert.deepEqual(
      found[3].slice(0, 2).map(({ row }) => row),
      [3, texts.length + 1],
    );
    assert.deepEqual(
      found[texts.length].map(({ row, score }) => [row, score]),
      [0, 1, 2, 3, 4].map((row) => [row, 0]),
    );
  });

  it("have ten neighbours, or as many as there are", () => {
    assert.equal(nearestRows(rows, rows)[0].length, 10);
    assert.equal(nearestRows(rows, rows, { topK: 1000 })[0].length, rows.shape[0]);
    const none = { ...rows, data: new Float64Array(), indices: new Int32Array(), indptr: Int32Array.of(0) };
    assert.deepEqual(nearestRows(rows, { ...none, shape: [0, rows.shape[1]] })[0], []);
  });

  it("refuse rows that are not there, and rows of other columns", async () => {
    const other = new TfidfVectorizer().fitTransform(["one two"]);
    await failsWith("INVALID_ARGUMENT", () => sparseRow(rows, -1), /row/);
    await failsWith("INVALID_ARGUMENT", () => sparseRow(rows, rows.shape[0]), /row/);
    await failsWith("INVALID_ARGUMENT", () => sparseRow(rows), /missing/);
    await failsWith("INVALID_ARGUMENT", () => sparseRow(dense, 0), /sparse rows/);
    await failsWith("INVALID_ARGUMENT", () => sparseDot(sparseRow(rows, 0), dense[0]), /b must be/);
    await failsWith("INVALID_ARGUMENT", () => sparseCosine(undefined, sparseRow(rows, 0)), /a must be/);
    await failsWith("INVALID_ARGUMENT", () => nearestRows(dense, rows), /queries/);
    await failsWith("INVALID_ARGUMENT", () => nearestRows(rows, rows, { topK: 0 }), /topK/);
    await failsWith("DIMENSION_MISMATCH", () => nearestRows(other, rows), /2 and \d+/);
    await failsWith("DIMENSION_MISMATCH", () => sparseDot(sparseRow(other, 0), sparseRow(rows, 0)), /2 and \d+/);
  });
});
