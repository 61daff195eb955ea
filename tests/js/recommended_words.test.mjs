// kinvec/recommend with the items' texts: what their words add to a score.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Profile, Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { themedCatalogue } from "../common/themed_catalogue.mjs";
import { binaryOption, failsWith } from "./helpers.mjs";

const now = Date.UTC(2026, 5, 1);
const { dimensions, items, vectorOf } = themedCatalogue();
const index = await createIndex({ dimensions, ...binaryOption });
index.add(
  items.map(({ id }) => id),
  items.map(({ vector }) => vector),
);

const texts = {
  "tea 1": "A pot of oolong, by Zhang Wei",
  "moss 2": "The moss of Zhang Wei",
  "moss 3": "The moss, and the moss again: of the sea",
  "jazz 4": "",
};
const text = (id) => texts[id] ?? "of the usual kind";

/** What README says a word counts, scaled to length 1. */
function weightsOf(id) {
  const all = items.map((item) => text(item.id).toLowerCase().match(/\w+/g) ?? []);
  const own = text(id).toLowerCase().match(/\w+/g) ?? [];
  const weights = [...new Set(own)].map((term) => {
    const count = own.filter((each) => each === term).length;
    const having = all.filter((each) => each.includes(term)).length;
    return [term, (1 + Math.log(count)) * Math.log(items.length / having)];
  });
  const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
  return new Map(weights.map(([term, weight]) => [term, weight / length]));
}

function cosine(a, b) {
  const other = weightsOf(b);
  return [...weightsOf(a)].reduce((sum, [term, weight]) => sum + weight * (other.get(term) ?? 0), 0);
}

function profileOf(...events) {
  const profile = new Profile();
  for (const [kind, item] of events) profile.record({ kind, item, at: now });
  return profile;
}

const shareOf = (recommender, profile, id) => recommender.explain(profile, id, { now }).score;

describe("a recommender that is given texts", () => {
  const plain = new Recommender(index);
  const worded = new Recommender(index, { text });
  const gain = (profile, id) => shareOf(worded, profile, id) - shareOf(plain, profile, id);

  it("adds the cosine of the TF-IDF vectors, the same multiple of it for every item", () => {
    const profile = profileOf(["like", "tea 1"]);
    const factor = gain(profile, "moss 2") / cosine("tea 1", "moss 2");
    assert.ok(factor > 0);
    for (const { id } of items.slice(0, 200)) {
      if (id === "tea 1") continue;
      assert.ok(Math.abs(gain(profile, id) - factor * cosine("tea 1", id)) < 1e-6, id);
    }
  });

  it("finds what only a rare word has in common", () => {
    const ids = (recommender) => recommender.recommend(profileOf(["like", "tea 1"]), { now }).map(({ id }) => id);
    assert.ok(ids(worded).includes("moss 2"));
    assert.ok(!ids(plain).includes("moss 2"));
  });

  it("tells each event's share, which add up to the score, against an item too", () => {
    const profile = profileOf(["like", "tea 1"], ["dislike", "moss 2"], ["view", "jazz 4"]);
    profile.describe("something with boats", vectorOf("boats 5"), { at: now });
    for (const { id, score, shares } of worded.recommend(profile, { now, topK: 50, exploration: 0.5 })) {
      assert.ok(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - score) < 1e-9, id);
    }
    const share = (recommender) =>
      recommender.explain(profile, "moss 3", { now }).shares.find(({ from }) => from.item === "moss 2").share;
    assert.ok(share(worded) < share(plain));
    assert.deepEqual(
      worded.explain(profile, "moss 2", { now }).shares.filter(({ from }) => from.item === "moss 2"),
      [],
    );
  });

  it("gives the list of a scan by the scores that explain() gives", () => {
    const profile = profileOf(["like", "tea 1"], ["like", "moss 3"]);
    const list = worded.recommend(profile, { now, diversity: 0, topK: items.length });
    assert.equal(list.length, items.length - 2);
    for (const [i, { id, score }] of list.entries()) {
      assert.ok(Math.abs(shareOf(worded, profile, id) - score) < 1e-9);
      assert.ok(i === 0 || score <= list[i - 1].score);
    }
  });

  it("forgets an event's words with the event", () => {
    const profile = profileOf(["like", "tea 1"]);
    const { id } = profile.record({ kind: "like", item: "moss 2", at: now });
    profile.forget(id);
    const list = (of) => worded.recommend(of, { now });
    assert.deepEqual(list(profile), list(profileOf(["like", "tea 1"])));
  });

  it("reads the texts again when the index has changed", async () => {
    const own = await createIndex({ dimensions, ...binaryOption });
    own.add(["a", "b", "c"], [vectorOf("tea 1"), vectorOf("moss 1"), vectorOf("jazz 1")]);
    const said = { a: "red", b: "blue", c: "green" };
    const recommender = new Recommender(own, { text: (id) => said[id] });
    const profile = profileOf(["like", "a"]);
    const before = shareOf(recommender, profile, "b");
    said.b = "red";
    assert.equal(shareOf(recommender, profile, "b"), before);
    own.upsert("c", vectorOf("jazz 1"));
    assert.ok(shareOf(recommender, profile, "b") > before);
    own.dispose();
  });

  it("refuses what is no text", async () => {
    await failsWith(
      "INVALID_ARGUMENT",
      () => new Recommender(index, { text: texts }),
      /options.text must be a function/,
    );
    const odd = new Recommender(index, { text: () => undefined });
    await failsWith("INVALID_ARGUMENT", () => odd.recommend(new Profile()), /text\("tea 0"\) must be a string/);
  });
});
