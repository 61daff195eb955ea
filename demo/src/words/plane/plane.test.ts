import assert from "node:assert/strict";
import { test } from "node:test";
import { MovingPlane } from "./moving_plane.ts";
import { principalPlane } from "./pca.ts";
import { toSquare } from "./square.ts";
import { umapOf } from "./umap.ts";

/** Points on a wide and a narrow axis of a space, far from its origin. */
const POINTS = Array.from({ length: 24 }, (_, i) => [3 * Math.cos(i), Math.sin(2.4 * i), 5, -2]);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, d) => sum + x * (b[d] as number), 0);
const gram = (points: readonly number[][]) => Float32Array.from(points.flatMap((a) => points.map((b) => dot(a, b))));
const distance = (places: ArrayLike<number>, i: number, j: number) =>
  Math.hypot(
    (places[2 * i] as number) - (places[2 * j] as number),
    (places[2 * i + 1] as number) - (places[2 * j + 1] as number),
  );

test("the principal plane keeps all distances of points that lie in a plane", () => {
  const { places, share } = principalPlane(gram(POINTS), POINTS.length);
  assert.ok(share > 0.999 && share < 1.001);
  for (let i = 1; i < POINTS.length; i++) {
    const [a, b] = [POINTS[0] as number[], POINTS[i] as number[]];
    const expected = Math.hypot(...a.map((x, d) => x - (b[d] as number)));
    assert.ok(Math.abs(distance(places, 0, i) - expected) < 1e-3);
  }
});

test("its first axis is the one of the widest spread", () => {
  const { places } = principalPlane(gram(POINTS), POINTS.length);
  const spread = (axis: number) => POINTS.reduce((sum, _, i) => sum + (places[2 * i + axis] as number) ** 2, 0);
  assert.ok(spread(0) > 2 * spread(1));
});

test("a single word, and words that are all the same, have places as well", () => {
  for (const n of [1, 4]) {
    const { places, share } = principalPlane(new Float32Array(n * n).fill(1), n);
    assert.ok(Array.from(toSquare(places)).every((x) => x >= 0 && x <= 1));
    assert.ok(share >= 0 && share <= 1);
  }
});

test("a layout fills the square but for a margin, and a lone word does not shrink it", () => {
  const places = Array.from({ length: 200 }, (_, i) => [i, -i]).flat();
  places.push(1e6, 0);
  const square = toSquare(places);
  assert.ok(Math.min(...square) >= 0 && Math.max(...square) <= 1);
  assert.ok((square[2 * 150] as number) - (square[2 * 50] as number) > 0.4);
});

/** Two groups of words, alike within. */
const GROUPS = Array.from({ length: 24 }, (_, i) => (i < 12 ? [1, 0.02 * i, 0] : [0, 0.02 * i, 1]));

test("UMAP draws groups of like words apart, and always in the same way", () => {
  const layouts = [0, 1].map(() => Array.from(umapOf(gram(GROUPS), GROUPS.length)));
  const last = layouts[0]?.at(-1) as Float64Array;
  assert.deepEqual(last, layouts[1]?.at(-1));
  const within = Math.max(...Array.from({ length: 11 }, (_, i) => distance(last, 0, i + 1)));
  assert.ok(distance(last, 0, 20) > within);
  assert.ok((layouts[0]?.length ?? 0) > 100, "one can watch it");
});

test("a plane that moves turns with the vectors instead of jumping", () => {
  const plane = new MovingPlane();
  const looks = Array.from({ length: 6 }, (_, step) =>
    plane.places(GROUPS.map((row) => Float32Array.from(row, (x) => x * (1 + 0.01 * step)))),
  );
  const moved = (a: Float32Array, b: Float32Array) => Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number))));
  for (let i = 2; i < looks.length; i++) assert.ok(moved(looks[i - 1] as Float32Array, looks[i] as Float32Array) < 0.1);
  const last = looks.at(-1) as Float32Array;
  assert.ok(distance(last, 0, 20) > distance(last, 0, 5), "like words are near each other");
});
