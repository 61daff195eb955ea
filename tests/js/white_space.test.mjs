// What is learned from events, against its definition: products with the inverse of the catalogue's covariance between
// them, and a logistic regression whose covariance is written out in full.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Profile, Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { themedCatalogue } from "../common/themed_catalogue.mjs";
import { directionsOf, dot, metricOf, times } from "../common/white_space.mjs";
import { binaryOption } from "./helpers.mjs";

const now = Date.UTC(2026, 5, 1);
// As in web/recommend/settings.ts.
const bias = -1;
const halfLifeEvents = 40;
const weights = { dislike: -1, hide: -0.6 };

async function recommenderOf(items) {
  const index = await createIndex({ dimensions: items[0].vector.length, ...binaryOption });
  index.add(
    items.map(({ id }) => id),
    items.map(({ vector }) => vector),
  );
  return new Recommender(index);
}

/** Events that speak against items, of which no interests come. */
function profileOf(events) {
  const profile = new Profile();
  for (const [kind, item] of events) profile.record({ kind, item, at: now });
  return profile;
}

/** Asserts that the scores of items without events of their own are a multiple of these. */
function assertProportional(scores, expected, own) {
  const others = [...expected.keys()].filter((i) => !own.includes(i));
  const largest = others.reduce((a, b) => (Math.abs(expected[b]) > Math.abs(expected[a]) ? b : a));
  const factor = scores[largest] / expected[largest];
  assert.ok(factor > 0);
  for (const i of others) {
    const difference = scores[i] - factor * expected[i];
    assert.ok(Math.abs(difference) < 1e-5 * Math.abs(scores[largest]), `item ${i}: ${scores[i]}`);
  }
}

describe("what is learned", () => {
  const { items } = themedCatalogue(24);
  const directions = directionsOf(items);
  const metric = metricOf(directions);
  const scoresOf = (recommender, profile) => items.map(({ id }) => recommender.explain(profile, id, { now }).score);

  it("of one event is told by the inverse of the catalogue's covariance", async () => {
    const recommender = await recommenderOf(items);
    const said = scoresOf(recommender, profileOf([["dislike", "tea 1"]]));
    const told = times(metric, directions[1]);
    assertProportional(
      said,
      directions.map((direction) => -dot(direction, told)),
      [1],
    );
    assert.equal(said[1], 0); // an event does not speak for or against its own item
  });

  it("of many is the logistic regression's mean, event by event", async () => {
    const recommender = await recommenderOf(items);
    const events = [1, 2, 9, 40, 41, 77, 3].map((i, t) => [t % 3 === 2 ? "hide" : "dislike", items[i].id]);
    const said = scoresOf(recommender, profileOf(events));

    // Weights of the regression as a vector by which directions are multiplied; their prior covariance is the metric.
    let mean = directions[0].map(() => 0);
    const covariance = metric.map((row) => row.slice());
    for (const [t, [kind, item]] of events.entries()) {
      const weight = Math.abs(weights[kind]) * 2 ** (-(events.length - 1 - t) / halfLifeEvents);
      const direction = directions[items.findIndex(({ id }) => id === item)];
      const length = Math.sqrt(dot(direction, times(metric, direction)));
      const input = direction.map((value) => value / length);
      const likelihood = 1 / (1 + Math.exp(-(bias + dot(mean, input))));
      const information = weight * likelihood * (1 - likelihood);
      const gain = times(covariance, input);
      const shrink = 1 / (1 + information * dot(input, gain));
      mean = mean.map((value, d) => value - gain[d] * shrink * weight * likelihood);
      for (const [d, row] of covariance.entries()) {
        for (const k of row.keys()) row[k] -= gain[d] * gain[k] * information * shrink;
      }
    }
    const own = events.map(([, item]) => items.findIndex(({ id }) => id === item));
    assertProportional(
      said,
      directions.map((direction) => dot(direction, mean)),
      own,
    );
  });

  it("does not depend on the covariance where there are fewer items than dimensions", async () => {
    const few = themedCatalogue(64).items.filter((_, i) => i % 27 < 2); // a dozen, two of a theme
    const recommender = await recommenderOf(few);
    const near = directionsOf(few);
    for (const [i, { id }] of few.entries()) {
      const profile = new Profile();
      profile.record({ item: id, kind: "like", at: now });
      const [first] = recommender.recommend(profile, { now, diversity: 0 });
      const cosines = near.map((direction, k) => (k === i ? -1 : dot(direction, near[i])));
      assert.equal(first.id, few[cosines.indexOf(Math.max(...cosines))].id);
    }
  });
});
