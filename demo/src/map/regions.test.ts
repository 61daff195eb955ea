import assert from "node:assert/strict";
import { test } from "node:test";
import { ellipseAround, type Interest, regionsBetween, regionsOf, SLOTS } from "./regions.ts";

const around = (x: number, y: number) =>
  Array.from({ length: 12 }, (_, i) => ({ x: x + 0.03 * Math.cos(i), y: y + 0.01 * Math.sin(i) }));
const places = [...around(0.2, 0.3), ...around(0.8, 0.7)];
const first = Array.from({ length: 12 }, (_, i) => i);
const second = first.map((i) => i + 12);
const interest = (share: number, events: number[], nearest: number[]): Interest => ({ share, events, nearest });
const name = (event: number) => `event ${event}`;

test("an ellipse lies around its places, though a few lie elsewhere", () => {
  const { center, radii, angle } = ellipseAround([...around(0.2, 0.3), { x: 0.9, y: 0.9 }]);
  assert.ok(Math.hypot(center.x - 0.2, center.y - 0.3) < 0.02, `${center.x}, ${center.y}`);
  assert.ok(radii.x >= radii.y);
  assert.ok(Math.abs(angle) < 0.3, "it lies along the longer side");
});

test("an interest without places does no harm", () => {
  const { center } = ellipseAround([]);
  assert.ok(Number.isFinite(center.x) && Number.isFinite(center.y));
});

test("an interest keeps its colour as long as it shares an event with before", () => {
  const before = regionsOf([interest(0.6, [0], first), interest(0.4, [1], second)], places, [], name);
  assert.deepEqual(
    before.map(({ slot }) => slot),
    [0, 1],
  );
  const after = regionsOf([interest(0.7, [1, 2], second), interest(0.3, [3], first)], places, before, name);
  assert.deepEqual(
    after.map(({ slot }) => slot),
    [1, 0],
  );
});

test("when two interests merge, the one with more of the events stays", () => {
  const before = regionsOf([interest(0.5, [0], first), interest(0.5, [1, 2], second)], places, [], name);
  const [merged] = regionsOf([interest(1, [0, 1, 2], first)], places, before, name);
  assert.equal(merged?.slot, 1);
});

test("no two regions have the same colour", () => {
  const many = Array.from({ length: SLOTS + 3 }, (_, i) => interest(0.1, [i], first));
  const regions = regionsOf(many, places, regionsOf(many.slice(3), places, [], name), name);
  assert.equal(new Set(regions.map(({ slot }) => slot)).size, SLOTS);
});

test("regions glide, swell and fade on their way", () => {
  const before = regionsOf([interest(0.5, [0], first), interest(0.5, [1], second)], places, [], name);
  const after = regionsOf([interest(1, [0], second)], places, before, name);
  const half = regionsBetween(before, after, 0.5);
  const moving = half.find(({ slot }) => slot === 0);
  const fading = half.find(({ slot }) => slot === 1);
  assert.ok(Math.abs((moving?.center.x ?? 0) - 0.5) < 0.02);
  assert.ok(Math.abs((fading?.strength ?? 0) - 0.5) < 1e-9);
  assert.deepEqual(
    regionsBetween(before, after, 1).map(({ slot, strength }) => [slot, strength]),
    [[0, 1]],
  );
  const [born] = regionsBetween([], after, 0);
  assert.equal(born?.strength, 0);
});
