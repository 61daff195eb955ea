import assert from "node:assert/strict";
import { test } from "node:test";
import { meanRow, rollOut } from "./rollout.ts";

const rows = (...values: number[][]) => values.map((row) => Float32Array.from(row));
const near = (actual: Iterable<number>, expected: number[]) => {
  const values = Array.from(actual);
  assert.equal(values.length, expected.length);
  for (const [i, value] of values.entries())
    assert.ok(Math.abs(value - (expected[i] as number)) < 1e-6, `${values} is not ${expected}`);
};

test("two layers of two heads, worked by hand", () => {
  const layers = rollOut([
    // mean of the heads [[1, 0], [0.5, 0.5]]; with the residual [[1, 0], [0.25, 0.75]]
    [rows([1, 0], [0.25, 0.75]), rows([1, 0], [0.75, 0.25])],
    // mean [[0.5, 0.5], [0, 1]]; with the residual [[0.75, 0.25], [0, 1]]
    [rows([0, 1], [0, 1]), rows([1, 0], [0, 1])],
  ]);
  near(layers[0] as Float64Array, [1, 0, 0.25, 0.75]);
  // [[0.75, 0.25], [0, 1]] * [[1, 0], [0.25, 0.75]]
  near(layers[1] as Float64Array, [0.8125, 0.1875, 0.25, 0.75]);
});

test("a text whose tokens look only at themselves stays unmixed", () => {
  const identity = rows([1, 0, 0], [0, 1, 0], [0, 0, 1]);
  for (const layer of rollOut([[identity], [identity], [identity]])) near(layer, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test("rows sum to 1 in every layer, though rounded weights do not quite", () => {
  const n = 7;
  const random = (seed: number) => (Math.sin(seed * 12.9898) * 43758.5453) % 1;
  const head = (seed: number) =>
    Array.from({ length: n }, (_, from) => {
      const row = Float32Array.from({ length: n }, (_, to) => Math.abs(random(seed + n * from + to)) + 0.01);
      const sum = row.reduce((a, b) => a + b, 0);
      return row.map((weight) => weight / sum + 1e-5);
    });
  const layers = rollOut(Array.from({ length: 5 }, (_, layer) => [head(3 * layer + 1), head(7 * layer + 2)]));
  for (const layer of layers) {
    for (let from = 0; from < n; from++) {
      const sum = layer.subarray(from * n, (from + 1) * n).reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-12);
    }
  }
});

test("the whole text's shares are the mean over its tokens", () => {
  near(meanRow(Float64Array.from([1, 0, 0.25, 0.75]), 2), [0.625, 0.375]);
});

test("no layers and no tokens give nothing", () => {
  assert.deepEqual(rollOut([]), []);
  near(rollOut([[[]]])[0] as Float64Array, []);
});
