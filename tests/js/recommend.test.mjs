// kinvec/recommend: lists for a person, the shares of their scores, and what is forgotten.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { Profile, Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { themedCatalogue } from "../common/themed_catalogue.mjs";
import { binaryOption, failsWith } from "./helpers.mjs";

const day = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const { dimensions, items, vectorOf, popularity } = themedCatalogue();

async function open(options = {}) {
  const index = await createIndex({ dimensions, ...binaryOption, ...options });
  index.add(
    items.map(({ id }) => id),
    items.map(({ vector }) => vector),
  );
  return { index, recommender: new Recommender(index, { popularity }) };
}

/** A profile of events, one an hour, the last of them now. */
function profileOf(events, options) {
  const profile = new Profile(options);
  for (const [i, [kind, item]] of events.entries()) {
    profile.record({ kind, item, at: now - (events.length - 1 - i) * 3_600_000 });
  }
  return profile;
}

const themeOf = (id) => id.split(" ")[0];
const themesOf = (list) => new Set(list.map(({ id }) => themeOf(id)));
const sumOf = (shares) => shares.reduce((sum, { share }) => sum + share, 0);

describe("a list", () => {
  it("is of what the person likes, and tells why", async () => {
    const { index } = await open();
    const recommender = new Recommender(index);
    const profile = profileOf([
      ["like", "tea 1"],
      ["save", "jazz 2"],
      ["like", "tea 3"],
    ]);
    const list = recommender.recommend(profile, { now, topK: 10 });
    assert.equal(list.length, 10);
    assert.deepEqual(themesOf(list), new Set(["tea", "jazz"]));
    for (const { id, because } of list) assert.equal(themeOf(because.item), themeOf(id));
  });

  it("has shares that add up to the scores", async () => {
    for (const precision of ["f32", "int8", "binary"]) {
      const { recommender } = await open({ precision });
      const profile = profileOf([
        ["like", "tea 1"],
        ["dislike", "jazz 2"],
        ["view", "moss 3"],
      ]);
      profile.describe("something with boats", vectorOf("boats 5"), { at: now });
      for (const exploration of [0, 0.7]) {
        const list = recommender.recommend(profile, { now, exploration });
        for (const { id, score, shares } of list) {
          assert.ok(Math.abs(sumOf(shares) - score) < 1e-6);
          assert.deepEqual(recommender.explain(profile, id, { now, exploration }).shares, shares);
        }
      }
    }
  });

  it("is of popular items for somebody unknown, and ever less so", async () => {
    const { recommender } = await open();
    const partOf = (profile) => {
      const { shares } = recommender.explain(profile, "tea 0", { now });
      return shares.find(({ from }) => from === "popularity").share;
    };
    const profile = new Profile();
    const [first] = recommender.recommend(profile, { now, diversity: 0 });
    assert.equal(popularity(first.id), Math.max(...items.map(({ id }) => popularity(id))));
    assert.equal(first.because, undefined);
    const half = recommender.explain(profile, "tea 0", { now, popularityWeight: 0.5 });
    assert.ok(Math.abs(half.score - partOf(profile) / 2) < 1e-6);
    let before = partOf(profile);
    for (let i = 1; i < 6; i++) {
      profile.record({ kind: "like", item: `jazz ${i}`, at: now });
      assert.ok(partOf(profile) < before);
      before = partOf(profile);
    }
  });

  it("leaves out what the person has judged, unless it is asked for", async () => {
    const { recommender } = await open();
    const profile = profileOf([
      ["like", "tea 1"],
      ["hide", "tea 2"],
      ["view", "tea 3"],
    ]);
    const ids = (options) => recommender.recommend(profile, { now, topK: 1000, ...options }).map(({ id }) => id);
    assert.ok(!ids().includes("tea 1") && !ids().includes("tea 2") && ids().includes("tea 3"));
    assert.equal(ids().length, items.length - 2);
    assert.equal(ids({ judged: true }).length, items.length);
    assert.ok(ids({ filter: (id) => themeOf(id) === "moss" }).every((id) => themeOf(id) === "moss"));
  });

  it("does not offer an item for the sake of itself", async () => {
    const { index } = await open();
    const recommender = new Recommender(index);
    const profile = profileOf([
      ["like", "jazz 1"],
      ["click", "tea 1"],
    ]);
    for (const { id, because } of recommender.recommend(profile, { now })) assert.notEqual(because?.item, id);
    const { shares } = recommender.explain(profile, "tea 1", { now });
    assert.deepEqual(
      shares.map(({ from }) => from.item),
      ["jazz 1"],
    );
    profile.record({ kind: "view", item: "tea 2", at: now });
    const [first] = recommender.recommend(profileOf([["click", "tea 1"]]), { now, diversity: 0 });
    assert.ok(first.id !== "tea 1" && themeOf(first.id) === "tea");
    assert.equal(recommender.explain(profile, "tea 1", { now }).because.item, "tea 2");
  });

  it("is the same for the same seed, and another for another", async () => {
    const { recommender } = await open();
    const profile = profileOf([["like", "tea 1"]], { seed: 7 });
    const ids = (seed) => recommender.recommend(profile, { now, exploration: 1, seed }).map(({ id }) => id);
    assert.deepEqual(ids(), ids(7));
    assert.notDeepEqual(ids(), ids(8));
  });

  it("has less of what the person dislikes", async () => {
    const { recommender } = await open();
    const events = [
      ["like", "tea 1"],
      ["like", "jazz 1"],
    ];
    const score = (profile, id) => recommender.explain(profile, id, { now }).score;
    const before = profileOf(events);
    const after = profileOf([...events, ["dislike", "jazz 2"]]);
    assert.ok(score(after, "jazz 3") < score(before, "jazz 3"));
    const { shares } = recommender.explain(after, "jazz 3", { now });
    assert.ok(shares.at(-1).from.kind === "dislike" && shares.at(-1).share < 0);
  });
});

describe("an index", () => {
  it("may be empty, or of one item that is there many times", async () => {
    const index = await createIndex({ dimensions, ...binaryOption });
    const recommender = new Recommender(index, { popularity: () => 0 });
    const profile = profileOf([["like", "tea 1"]]);
    profile.describe("tea", vectorOf("tea 0"), { at: now });
    assert.deepEqual(recommender.recommend(profile, { now }), []);
    assert.deepEqual(recommender.starters(3), []);
    assert.equal(recommender.explain(profile, "tea 1", { now }), undefined);
    assert.deepEqual(
      recommender.interests(profile, { now }).map(({ nearest }) => nearest),
      [[]],
    );
    for (const id of ["tea 1", "tea 2", "tea 3"]) index.add(id, vectorOf("tea 1"));
    const list = recommender.recommend(profile, { now, exploration: 1 });
    assert.deepEqual(
      list.map(({ id }) => id),
      ["tea 2", "tea 3"],
    );
    for (const { score, shares } of list) assert.equal(score, sumOf(shares));
  });

  it("may be asked with a profile of the package's other form", async () => {
    const { recommender } = await open();
    const Other = createRequire(import.meta.url)("kinvec/recommend").Profile;
    const other = new Other();
    other.record({ item: "tea 1", kind: "like", at: now });
    const own = profileOf([["like", "tea 1"]]);
    assert.deepEqual(recommender.recommend(other, { now }), recommender.recommend(own, { now }));
  });

  it("may change between two lists", async () => {
    const { index } = await open();
    const recommender = new Recommender(index);
    const profile = profileOf([["like", "tea 1"]]);
    const ids = () => recommender.recommend(profile, { now, topK: 3 }).map(({ id }) => id);
    const [first] = ids();
    index.remove(first);
    assert.ok(!ids().includes(first));
    index.add("a tea of tomorrow", vectorOf("tea 1"));
    assert.equal(ids()[0], "a tea of tomorrow");
    index.upsert("a tea of tomorrow", vectorOf("wool 5"));
    assert.ok(!ids().includes("a tea of tomorrow"));
  });

  it("may be of vectors of any length", async () => {
    const long = await createIndex({ dimensions, ...binaryOption });
    const short = await createIndex({ dimensions, ...binaryOption });
    for (const { id, vector } of items) {
      long.add(
        id,
        vector.map((value) => 1000 * value),
      );
      short.add(id, vector);
    }
    const profile = profileOf([
      ["like", "tea 1"],
      ["hide", "jazz 1"],
    ]);
    profile.describe("boats", vectorOf("boats 2"), { at: now });
    const [a, b] = [long, short].map((index) => new Recommender(index).recommend(profile, { now, exploration: 0.3 }));
    assert.deepEqual(
      a.map(({ id }) => id),
      b.map(({ id }) => id),
    );
    for (const [i, { score }] of a.entries()) assert.ok(Math.abs(score - b[i].score) < 1e-5);
  });
});

describe("interests", () => {
  it("are one per taste, with their events and nearest items", async () => {
    const { recommender } = await open();
    const profile = profileOf([
      ["like", "tea 1"],
      ["like", "jazz 1"],
      ["like", "tea 2"],
    ]);
    const interests = recommender.interests(profile, { now, nearest: 3 });
    assert.deepEqual(
      interests.map(({ nearest }) => [...themesOf(nearest)]),
      [["tea"], ["jazz"]],
    );
    assert.deepEqual(
      interests.map(({ events }) => events.map(({ item }) => item)),
      [["tea 2", "tea 1"], ["jazz 1"]],
    );
    assert.ok(Math.abs(interests[0].weight + interests[1].weight - 1) < 1e-12);
    assert.ok(interests[0].spread > interests[1].spread && interests[1].spread < 1e-9);
    for (const { center } of interests) assert.ok(Math.abs(Math.hypot(...center) - 1) < 1e-6);
  });

  it("fade, and make room for new ones", async () => {
    const { recommender } = await open();
    const profile = profileOf([["like", "tea 1"]]);
    for (let i = 1; i < 5; i++) profile.record({ kind: "like", item: `jazz ${i}`, at: now + 200 * day });
    const interests = recommender.interests(profile, { now: now + 200 * day });
    assert.deepEqual([...themesOf(interests[0].nearest)], ["jazz"]);
    assert.equal(interests.length, 1);
  });
});

describe("starters", () => {
  it("are popular and unlike", async () => {
    const { recommender } = await open();
    const starters = recommender.starters(5);
    assert.equal(new Set(starters.map(themeOf)).size, 5);
    assert.deepEqual(starters, recommender.starters(5));
    assert.notDeepEqual(starters, recommender.starters(5, { seed: 1 }));
  });
});

describe("what is refused", () => {
  it("is named", async () => {
    const { recommender, index } = await open();
    const profile = new Profile();
    const bad = "INVALID_ARGUMENT";
    await failsWith(bad, () => recommender.recommend({}), /profile must be a Profile/);
    await failsWith(bad, () => recommender.recommend(profile, { exploration: 2 }), /exploration must be from 0 to 1/);
    await failsWith(bad, () => recommender.recommend(profile, { diversity: "much" }), /diversity must be a number/);
    await failsWith(bad, () => recommender.recommend(profile, { now: Number.NaN }), /now/);
    await failsWith(bad, () => recommender.recommend(profile, { judged: 1 }), /judged must be true or false/);
    await failsWith(bad, () => recommender.recommend(profile, { filter: "tea" }), /filter must be a function/);
    await failsWith(bad, () => recommender.explain(profile, Number.NaN), /item must be/);
    await failsWith(bad, () => recommender.interests(profile, { nearest: -1 }), /nearest/);
    await failsWith(bad, () => recommender.starters(0), /count/);
    await failsWith(bad, () => new Recommender({}), /index must be a FlatIndex/);
    const bare = await open({ precision: "int8", rescore: false }).catch((error) => error);
    await failsWith(
      bad,
      () => {
        throw bare;
      },
      /rescore/,
    );
    const odd = new Recommender(index, { popularity: () => -1 });
    await failsWith(bad, () => odd.recommend(profile), /popularity\("tea 0"\)/);
  });
});
