import assert from "node:assert/strict";
import { test } from "node:test";
import { patternOfHead } from "./patterns.ts";

const special = [true, false, false, true];
const head = (...rows: number[][]) => rows.map((row) => Float32Array.from(row));
const nowhere = [0, 0, 0, 0];

test("a head is named after where its weight goes, whatever special tokens do themselves", () => {
  const elsewhere = [1, 0, 0, 0];
  assert.deepEqual(patternOfHead(head(elsewhere, [0.5, 0, 0, 0.5], [0.25, 0.5, 0, 0.25], elsewhere), special), {
    habit: "special",
    share: 0.75,
  });
  assert.equal(patternOfHead(head(nowhere, [0, 1, 0, 0], [0, 0, 1, 0], nowhere), special).habit, "self");
});

test("the token before and the token after are told apart", () => {
  const none = [false, false, false, false];
  const before = head([1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]);
  assert.deepEqual(patternOfHead(before, none), { habit: "before", share: 0.75 });
  const after = head([0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]);
  assert.deepEqual(patternOfHead(after, none), { habit: "after", share: 0.75 });
});

test("without a place that most goes to, a head looks at other words", () => {
  const none = Array.from({ length: 8 }, () => false);
  const even = Array.from({ length: 8 }, () => new Float32Array(8).fill(0.125));
  const { habit, share } = patternOfHead(even, none);
  assert.equal(habit, "spread");
  assert.ok(Math.abs(share - (1 - 0.125 * (1 + 7 / 8 + 7 / 8))) < 1e-12);
});

test("an empty text has nothing but special tokens to look at", () => {
  assert.equal(patternOfHead(head([0.5, 0.5], [0.5, 0.5]), [true, true]).habit, "special");
});
