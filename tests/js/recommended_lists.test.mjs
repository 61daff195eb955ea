// Lists against what they are by definition, for random people: all items by their scores, put in order one by one.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { numbers, profileOf, randomHistory } from "../common/random_histories.mjs";
import { themedCatalogue } from "../common/themed_catalogue.mjs";
import { directionsOf, dot } from "../common/white_space.mjs";
import { binaryOption } from "./helpers.mjs";

const now = Date.UTC(2026, 5, 1);
const { dimensions, items, popularity } = themedCatalogue();

async function recommenderOf(precision) {
  const index = await createIndex({ dimensions, precision, ...binaryOption });
  index.add(
    items.map(({ id }) => id),
    items.map(({ vector }) => vector),
  );
  return new Recommender(index, { popularity });
}

const exact = await recommenderOf("f32");

const directions = new Map(directionsOf(items).map((direction, i) => [items[i].id, direction]));
const cosine = (a, b) => dot(directions.get(a), directions.get(b));

function judgedBy({ events }) {
  const judging = ["like", "save", "dislike", "hide"];
  return new Set(events.filter(({ kind }) => judging.includes(kind)).map(({ item }) => item));
}

/** Maximal marginal relevance, as its paper has it. */
function listByDefinition(profile, { topK, diversity, ...options }) {
  const judged = judgedBy(profile);
  const left = items
    .filter(({ id }) => !judged.has(id))
    .map(({ id }) => ({ id, score: exact.explain(profile, id, options).score }));
  const chosen = [];
  while (chosen.length < topK && left.length > 0) {
    const values = left.map(({ id, score }) => {
      const nearest = chosen.length > 0 ? Math.max(...chosen.map((other) => cosine(id, other.id))) : 0;
      return (1 - diversity) * score - diversity * nearest;
    });
    chosen.push(...left.splice(values.indexOf(Math.max(...values)), 1));
  }
  return chosen.map(({ id }) => id);
}

describe("the lists of random people", () => {
  it("are the best of all items, and as different as was asked", () => {
    for (let seed = 1; seed <= 25; seed++) {
      const profile = profileOf(randomHistory(items, seed, now), { seed });
      const below = numbers(seed);
      const options = { now, topK: 12, diversity: below(3) / 4, exploration: below(3) / 2 };
      const list = exact.recommend(profile, options);
      assert.deepEqual(
        list.map(({ id }) => id),
        listByDefinition(profile, options),
      );
    }
  });

  it("have shares that add up, each of an event of the person", () => {
    for (let seed = 1; seed <= 25; seed++) {
      const profile = profileOf(randomHistory(items, seed, now), { seed });
      const events = new Set(profile.events);
      for (const { score, shares, because } of exact.recommend(profile, { now, exploration: 0.5, topK: 50 })) {
        assert.ok(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - score) < 1e-6);
        const owners = shares.map(({ from }) => from);
        assert.equal(new Set(owners).size, owners.length);
        assert.ok(owners.every((from) => from === "popularity" || from === "exploration" || events.has(from)));
        for (const [i, { share }] of shares.entries()) assert.ok(i === 0 || share <= shares[i - 1].share);
        assert.equal(because, shares[0].share > 0 && typeof owners[0] !== "string" ? owners[0] : undefined);
      }
    }
  });

  it("are the same by way of smaller copies, since the best are scored exactly", async () => {
    const int8 = await recommenderOf("int8");
    for (let seed = 1; seed <= 10; seed++) {
      const profile = profileOf(randomHistory(items, seed, now), { seed });
      assert.deepEqual(int8.recommend(profile, { now }), exact.recommend(profile, { now }));
    }
  });

  it("do not depend on what was asked before", async () => {
    const fresh = await recommenderOf("f32");
    const profile = profileOf(randomHistory(items, 3, now));
    exact.recommend(profileOf(randomHistory(items, 4, now)), { now });
    assert.deepEqual(exact.recommend(profile, { now }), fresh.recommend(profile, { now }));
  });
});

describe("the interests of random people", () => {
  it("are of liked things, each in one of them, and add up to 1", () => {
    for (let seed = 1; seed <= 25; seed++) {
      const profile = profileOf(randomHistory(items, seed, now), { seed });
      const interests = exact.interests(profile, { now });
      const liking = profile.events.filter(({ kind }) => !["dislike", "hide"].includes(kind));
      const members = interests.flatMap(({ events }) => events);
      assert.equal(new Set(members).size, members.length);
      assert.ok(members.every((event) => liking.includes(event)));
      assert.ok(interests.length <= 8 && (interests.length > 0 || liking.length === 0));
      if (interests.length === 0) continue;
      assert.ok(Math.abs(interests.reduce((sum, { weight }) => sum + weight, 0) - 1) < 1e-9);
      for (const [i, { weight, spread, nearest }] of interests.entries()) {
        assert.ok(i === 0 || weight <= interests[i - 1].weight);
        assert.ok(spread >= 0 && spread < 1);
        assert.equal(nearest.length, 5);
      }
    }
  });
});
