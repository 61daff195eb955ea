import assert from "node:assert/strict";
import { test } from "node:test";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { landmarks, nearestTo, nextTowards, placesFrom, sectionLabels } from "./places.ts";

const grid = [
  { x: 0, y: 0 },
  { x: 10, y: 0 },
  { x: 0, y: 10 },
  { x: 10, y: 10 },
];

test("places come from pairs of 16-bit numbers", () => {
  assert.deepEqual(placesFrom(Uint16Array.of(0, 65535, 65535, 0)), [
    { x: 0, y: 1 },
    { x: 1, y: 0 },
  ]);
});

test("of two pictures that would overlap, the more important one is shown", () => {
  const places = [
    { x: 0.5, y: 0.5 },
    { x: 0.52, y: 0.5 },
    { x: 0.9, y: 0.5 },
  ];
  assert.deepEqual(landmarks(places, [1, 0, 2], { x: 100, y: 100 }, 20), [1, 2]);
  assert.deepEqual(landmarks(places, [0, 1, 2], { x: 2000, y: 2000 }, 20), [0, 1, 2], "there is room when zoomed in");
});

test("landmarks keep their distance across the cells they are looked up in", () => {
  const places = Array.from({ length: 400 }, (_, i) => ({ x: ((i * 37) % 100) / 100, y: ((i * 61) % 89) / 89 }));
  const chosen = landmarks(places, places.keys(), { x: 300, y: 200 }, 25);
  const screen = chosen.map((item) => ({ x: (places[item]?.x ?? 0) * 300, y: (places[item]?.y ?? 0) * 200 }));
  for (const [i, a] of screen.entries()) {
    for (const b of screen.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= 25);
  }
  assert.ok(chosen.length > 20);
});

test("the pointer finds the nearest item within its reach", () => {
  assert.equal(nearestTo(grid, { x: 9, y: 1 }, 5), 1);
  assert.equal(nearestTo(grid, { x: 5, y: 5 }, 5), undefined);
});

test("arrow keys lead to the next item in their direction", () => {
  assert.equal(nextTowards(grid, 0, { x: 1, y: 0 }), 1);
  assert.equal(nextTowards(grid, 3, { x: 0, y: -1 }), 1);
  assert.equal(nextTowards(grid, 0, { x: -1, y: 0 }), undefined);
});

test("a section's name stands where most of its programs are", () => {
  const places = [...Array.from({ length: 5 }, (_, i) => ({ x: 0.2 + i / 100, y: 0.2 })), { x: 0.9, y: 0.9 }];
  const catalogue = { sections: ["Games"], programs: places.map(() => ({ sections: ["Games"] })) } as Catalogue;
  const [label] = sectionLabels(catalogue, places);
  assert.equal(label?.section, "Games");
  assert.ok(Math.abs((label?.place.x ?? 0) - 0.22) < 1e-9);
});
