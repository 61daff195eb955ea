import assert from "node:assert/strict";
import { test } from "node:test";
import { between, lookAt, MOST_ZOOM, panBy, resize, toMap, toScreen, wholeMap, zoomAt } from "./viewport.ts";

const whole = wholeMap(400, 300);
const near = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) < 1e-9, `${a.x},${a.y} is not ${b.x},${b.y}`);

test("the whole map fills the canvas", () => {
  near(toScreen(whole, { x: 0, y: 0 }), { x: 0, y: 0 });
  near(toScreen(whole, { x: 1, y: 1 }), { x: 400, y: 300 });
});

test("places go to the screen and back", () => {
  const view = panBy(zoomAt(whole, { x: 90, y: 200 }, 3), 12, -40);
  const place = { x: 0.3, y: 0.62 };
  near(toMap(view, toScreen(view, place)), place);
});

test("what is under the pointer stays there while zooming", () => {
  const at = { x: 170, y: 120 };
  const held = toMap(whole, at);
  near(toScreen(zoomAt(whole, at, 2.5), held), at);
});

test("the canvas stays filled, however far one drags or zooms", () => {
  assert.deepEqual(panBy(whole, 500, 500), whole);
  assert.equal(zoomAt(whole, { x: 0, y: 0 }, 0.1).zoom, 1);
  assert.equal(zoomAt(whole, { x: 0, y: 0 }, 1000).zoom, MOST_ZOOM);
  const corner = panBy(zoomAt(whole, { x: 200, y: 150 }, 2), 9999, 9999);
  near(toMap(corner, { x: 0, y: 0 }), { x: 0, y: 0 });
});

test("a canvas of another size shows the same place", () => {
  const view = lookAt(whole, { x: 0.4, y: 0.4 }, 4);
  near(resize(view, 800, 200).center, view.center);
});

test("a flight begins and ends where it should, and zooms evenly on its way", () => {
  const to = lookAt(whole, { x: 0.3, y: 0.7 }, 4);
  assert.deepEqual(between(whole, to, 0), whole);
  assert.ok(Math.abs(between(whole, to, 1).zoom - 4) < 1e-9);
  assert.ok(Math.abs(between(whole, to, 0.5).zoom - 2) < 1e-9);
});
