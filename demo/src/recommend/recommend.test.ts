import assert from "node:assert/strict";
import { test } from "node:test";
import { ItemVectors } from "../catalogue/item_vectors.ts";
import { closeness, recommend } from "./recommend.ts";

/** Unit vectors in a plane, given by their angles in degrees: the cosine of two is that of the angle between them. */
function plane(...degrees: number[]): ItemVectors {
  const data = degrees.flatMap((degree) => [Math.cos((degree * Math.PI) / 180), Math.sin((degree * Math.PI) / 180)]);
  return new ItemVectors(Float32Array.from(data), 2);
}

/** The same, followed by sixty items in the other half of the plane: what is close stands out only among what is not. */
const amongStrangers = (...degrees: number[]) =>
  plane(...degrees, ...Array.from({ length: 60 }, (_, i) => 100 + 2.7 * i));

const noPrior = new Float32Array(200);
const plain = { priorWeight: 0, relevanceShare: 1 };
const order = (list: { index: number }[]) => list.map(({ index }) => index);

test("before the first event the catalogue's own order holds", () => {
  const list = recommend(plane(0, 1, 2), [0.2, 0.9, 0.5], { likes: [], dislikes: [] }, { relevanceShare: 1 });
  assert.deepEqual(order(list), [1, 2, 0]);
  assert.ok(list.every(({ because }) => because === undefined));
});

test("a like brings its neighbours to the front and is not offered again", () => {
  const list = recommend(plane(0, 80, 10, 40), noPrior, { likes: [0], dislikes: [] }, plain);
  assert.deepEqual(order(list), [2, 3, 1]);
  assert.ok(list.every(({ because }) => because === 0));
});

test("two interests are both served, with their own reasons, and not what lies between them", () => {
  const vectors = plane(0, 90, 5, 85, 45);
  const list = recommend(vectors, noPrior, { likes: [0, 1], dislikes: [] }, plain);
  assert.deepEqual(order(list), [2, 3, 4]);
  assert.deepEqual(
    list.slice(0, 2).map(({ because }) => because),
    [0, 1],
  );
});

test("a dislike pushes its neighbours down and disappears", () => {
  const vectors = amongStrangers(0, 20, 25, -20);
  const among = (dislikes: number[]) =>
    order(recommend(vectors, noPrior, { likes: [0], dislikes }, plain)).filter((index) => index < 4);
  assert.deepEqual(among([]), [1, 3, 2]);
  assert.deepEqual(among([2]), [3, 1]);
});

test("a resemblance to something disliked that many items have does not count", () => {
  const vectors = amongStrangers(0, 30, 130);
  const scoreOf1 = (dislikes: number[]) =>
    recommend(vectors, noPrior, { likes: [0], dislikes }, plain).find(({ index }) => index === 1)?.score;
  assert.equal(scoreOf1([2]), scoreOf1([]));
});

test("an interest with few close neighbours gets its turn beside one with many", () => {
  const many = Array.from({ length: 30 }, (_, i) => 1 + i / 10);
  const vectors = amongStrangers(0, 60, 70, 72, ...many);
  const list = recommend(vectors, noPrior, { likes: [0, 1], dislikes: [] });
  assert.ok(list.slice(0, 8).some(({ because }) => because === 1));
  assert.ok(list.slice(0, 8).some(({ because }) => because === 0));
});

test("closeness is 0 on average, and 0 for all where nothing differs", () => {
  const values = closeness(amongStrangers(0, 10, 20), 0);
  assert.ok(Math.abs(values.reduce((sum, x) => sum + x, 0)) < 1e-4);
  assert.deepEqual([...closeness(plane(5, 5, 5), 0)], [0, 0, 0]);
});

test("the prior fades as likes arrive", () => {
  const vectors = plane(0, 60, 50, 70, 1, 2, 3);
  const priors = [0, 1, 0, 0, 0, 0, 0];
  const place = (likes: number[]) =>
    order(recommend(vectors, priors, { likes, dislikes: [] }, { relevanceShare: 1 })).indexOf(1);
  assert.equal(place([]), 0);
  assert.equal(place([0]), 3);
});

test("variety: near-duplicates do not stand side by side at the top", () => {
  const vectors = plane(0, 30, 30.1, -34);
  assert.deepEqual(order(recommend(vectors, noPrior, { likes: [0], dislikes: [] }, plain)), [1, 2, 3]);
  assert.deepEqual(order(recommend(vectors, noPrior, { likes: [0], dislikes: [] })), [1, 3, 2]);
});

test("forgetting an event gives the list of a person who never had it", () => {
  const vectors = plane(0, 10, 35, 60, 90, 120, 170, 200);
  const before = recommend(vectors, noPrior, { likes: [0, 4], dislikes: [] });
  recommend(vectors, noPrior, { likes: [0, 4, 6], dislikes: [2] });
  assert.deepEqual(recommend(vectors, noPrior, { likes: [0, 4], dislikes: [] }), before);
});

test("every item that was not judged is in the list once", () => {
  const vectors = plane(...Array.from({ length: 150 }, (_, i) => i * 2.4));
  const list = recommend(vectors, new Float32Array(150), { likes: [3, 70], dislikes: [9] });
  assert.equal(list.length, 147);
  assert.equal(new Set(order(list)).size, 147);
});

test("vectors kept as int8 rows come back to length 1", () => {
  const vectors = ItemVectors.fromInt8(Int8Array.from([127, 0, -60, 80, 0, 0]), 2);
  assert.deepEqual(
    [...vectors.data].map((x) => x.toFixed(3)),
    ["1.000", "0.000", "-0.600", "0.800", "0.000", "0.000"],
  );
  assert.deepEqual(vectors.nearest(0, 2), [2, 1]);
});
