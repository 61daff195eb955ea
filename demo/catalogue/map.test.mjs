import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const cache = mkdtempSync(join(tmpdir(), "kinvec-map-"));
process.env.KINVEC_CACHE = cache;
const { mapOf } = await import("./map.mjs");
after(() => rmSync(cache, { recursive: true }));

const DIMENSIONS = 8;
const ITEMS = 60;

/** Two groups of items: the even ones point one way, the odd ones another. */
const rows = Int8Array.from({ length: ITEMS * DIMENSIONS }, (_, i) => {
  const item = Math.floor(i / DIMENSIONS);
  const direction = i % DIMENSIONS === item % 2 ? 100 : 0;
  return direction + ((item * 7 + i * 13) % 21) - 10;
});

test("items that mean similar things lie together", async () => {
  const map = await mapOf(rows, DIMENSIONS);
  const distance = (a, b) => Math.hypot(map[2 * a] - map[2 * b], map[2 * a + 1] - map[2 * b + 1]);
  const nearest = (item) =>
    Array.from({ length: ITEMS }, (_, other) => other)
      .filter((other) => other !== item)
      .toSorted((a, b) => distance(item, a) - distance(item, b))[0];
  const kept = Array.from({ length: ITEMS }, (_, item) => item).filter((item) => (item - nearest(item)) % 2 === 0);
  assert.ok(kept.length > 0.9 * ITEMS, `${kept.length} of ${ITEMS} lie beside one of their own group`);
});

test("the same vectors give the same map, also from the cache", async () => {
  const first = await mapOf(rows, DIMENSIONS);
  assert.deepEqual(await mapOf(rows, DIMENSIONS), first);
  rmSync(join(cache, "demo-map"), { recursive: true });
  assert.deepEqual(await mapOf(rows, DIMENSIONS), first);
  assert.ok(Math.min(...first) >= 0 && Math.max(...first) > 60_000, "it fills its square");
});
