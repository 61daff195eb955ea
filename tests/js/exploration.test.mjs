// Thompson's samples: chance is stronger where less is known, and falls evenly.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Profile, Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { themedCatalogue } from "../common/themed_catalogue.mjs";
import { binaryOption } from "./helpers.mjs";

const kSamples = 2000;
const now = Date.UTC(2026, 5, 1);
const { dimensions, items } = themedCatalogue();
const index = await createIndex({ dimensions, ...binaryOption });
index.add(
  items.map(({ id }) => id),
  items.map(({ vector }) => vector),
);
const recommender = new Recommender(index);

function profileOf(kind, ids) {
  const profile = new Profile();
  for (const item of ids) profile.record({ item, kind, at: now });
  return profile;
}

/** What chance adds to an item's score, by many seeds. */
function samplesOf(profile, id, exploration = 1) {
  return Array.from({ length: kSamples }, (_, seed) => {
    const { shares } = recommender.explain(profile, id, { now, exploration, seed });
    return shares.find(({ from }) => from === "exploration").share;
  });
}

const meanOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const deviationOf = (numbers) => Math.sqrt(meanOf(numbers.map((number) => number ** 2)));

describe("exploration", () => {
  it("is as likely for an item as against it", () => {
    for (const ids of [[], ["tea 1", "jazz 1"]]) {
      const samples = samplesOf(profileOf("like", ids), "tea 2");
      // Four standard errors of the mean: one run in 16,000 would fail, and this one is always the same.
      assert.ok(Math.abs(meanOf(samples)) < (4 * deviationOf(samples)) / Math.sqrt(kSamples));
    }
  });

  it("is weaker for what is known, of liked and of disliked things", () => {
    for (const kind of ["like", "dislike"]) {
      const ids = ["tea 1", "tea 2", "tea 3"];
      const [one, three] = [profileOf(kind, ids.slice(0, 1)), profileOf(kind, ids)];
      const deviation = (profile, id) => deviationOf(samplesOf(profile, id));
      const before = deviation(new Profile(), "tea 4");
      assert.ok(deviation(one, "tea 4") < 0.97 * before);
      assert.ok(deviation(three, "tea 4") < 0.97 * deviation(one, "tea 4"));
      assert.ok(deviation(three, "moss 4") > 0.9 * before);
      assert.ok(deviation(three, "tea 1") < deviation(three, "tea 4"));
    }
  });

  it("grows with the dial, and is nothing at 0", () => {
    const profile = profileOf("like", ["tea 1"]);
    const [half, whole] = [0.5, 1].map((dial) => samplesOf(profile, "jazz 1", dial));
    for (const [i, share] of half.entries()) assert.ok(Math.abs(2 * share - whole[i]) < 1e-12);
    const { shares } = recommender.explain(profile, "jazz 1", { now, exploration: 0 });
    assert.deepEqual(
      shares.map(({ from }) => from),
      profile.events,
    );
  });

  it("brings other items with every event", () => {
    const profile = profileOf("like", ["tea 1"]);
    const ids = () => recommender.recommend(profile, { now, exploration: 1 }).map(({ id }) => id);
    const before = ids();
    assert.deepEqual(ids(), before);
    profile.record({ item: "no such item", kind: "view", at: now });
    assert.notDeepEqual(ids(), before);
  });
});
