// A person's profile: what it keeps, changes, forgets and saves.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { KinvecError } from "kinvec";
import { Profile, Recommender } from "kinvec/recommend";
import { createIndex } from "kinvec/search";
import { enter, numbers, profileOf, randomHistory } from "../common/random_histories.mjs";
import { themedCatalogue } from "../common/themed_catalogue.mjs";
import { binaryOption, failsWith } from "./helpers.mjs";

const bad = "INVALID_ARGUMENT";
const now = Date.UTC(2026, 5, 1);
const { dimensions, items, popularity } = themedCatalogue();

const index = await createIndex({ dimensions, ...binaryOption });
index.add(
  items.map(({ id }) => id),
  items.map(({ vector }) => vector),
);
const recommender = new Recommender(index, { popularity });

/** All that a profile says about the catalogue, as numbers and names. */
function stateOf(profile) {
  const plain = ({ id, ...event }) => event;
  const list = recommender.recommend(profile, { now, exploration: 0.5, topK: 20, judged: true });
  return {
    interests: recommender.interests(profile, { now }).map((each) => ({ ...each, events: each.events.map(plain) })),
    list: list.map(({ id, score, shares }) => ({
      id,
      score,
      shares: shares.map(({ from, share }) => ({ from: typeof from === "string" ? from : plain(from), share })),
    })),
  };
}

describe("an event that is forgotten", () => {
  it("leaves the profile as if it had never been", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const history = randomHistory(items, seed, now);
      const forgotten = numbers(seed + 1000)(history.length);
      const profile = new Profile({ seed });
      const events = history.map((event) => enter(profile, event));
      assert.equal(profile.forget(events[forgotten].id), true);
      const never = profileOf(history.toSpliced(forgotten, 1), { seed });
      assert.deepEqual(stateOf(profile), stateOf(never));
      assert.deepEqual(profile.save(), never.save());
      assert.equal(JSON.stringify(profile), JSON.stringify(never));
    }
  });

  it("is so after it was looked at in between, and for all events of an item", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const history = randomHistory(items, seed, now);
      const { item } = history.find((event) => event.item !== undefined) ?? {};
      if (item === undefined) continue;
      const profile = new Profile({ seed });
      for (const event of history) {
        enter(profile, event);
        stateOf(profile);
      }
      const rest = history.filter((event) => event.item !== item);
      assert.equal(profile.forgetItem(item), history.length - rest.length);
      assert.deepEqual(stateOf(profile), stateOf(profileOf(rest, { seed })));
    }
  });

  it("is nothing where there is none", () => {
    const profile = profileOf([{ item: "tea 1", kind: "like", at: now }]);
    assert.equal(profile.forget(99), false);
    assert.equal(profile.forgetItem("tea 2"), 0);
    assert.equal(profile.edit(99, { kind: "hide" }), undefined);
    assert.equal(profile.size, 1);
    profile.clear();
    assert.deepEqual(profile.save(), new Profile().save());
  });
});

describe("an event that is edited", () => {
  it("is as if it had been so from the start", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const history = randomHistory(items, seed, now).map((event, i) => ({ ...event, at: event.at + i }));
      const at = history.findIndex(({ kind }) => kind !== undefined);
      if (at < 0) continue;
      const profile = new Profile();
      const events = history.map((event) => enter(profile, event));
      const change = { kind: "save", at: now - 1234 };
      const edited = profile.edit(events[at].id, change);
      assert.deepEqual(edited, { ...events[at], ...change });
      assert.deepEqual(
        profile.events.find(({ id }) => id === edited.id),
        edited,
      );
      const other = profileOf(history.with(at, { ...history[at], ...change }));
      assert.deepEqual(profile.save(), other.save());
      assert.deepEqual(stateOf(profile), stateOf(other));
    }
  });
});

describe("events", () => {
  it("are in the order of time, whenever they are told", () => {
    const profile = profileOf([
      { item: "b", kind: "like", at: 2 },
      { item: "c", kind: "like", at: new Date(3) },
      { item: 1, kind: "view", at: 1 },
      { item: "d", kind: "like", at: 3 },
    ]);
    assert.deepEqual(
      profile.events.map(({ item, at }) => [item, at]),
      [
        [1, 1],
        ["b", 2],
        ["c", 3],
        ["d", 3],
      ],
    );
  });

  it("cannot be changed behind the profile's back", () => {
    const profile = new Profile();
    const event = profile.record({ item: "tea 1", kind: "like" });
    assert.ok(Math.abs(event.at - Date.now()) < 60_000);
    assert.throws(() => {
      event.kind = "hide";
    }, TypeError);
    profile.events.length = 0;
    assert.equal(profile.events.length, 1);
  });

  it("of items that are gone wait until they are back", async () => {
    const small = await createIndex({ dimensions, ...binaryOption });
    small.add("tea 1", items[1].vector);
    small.add("jazz 1", items[21].vector);
    const over = new Recommender(small);
    const profile = profileOf([{ item: "tea 1", kind: "like", at: now }]);
    const before = over.explain(profile, "jazz 1", { now });
    small.remove("tea 1");
    assert.deepEqual(over.explain(profile, "jazz 1", { now }).shares, []);
    assert.deepEqual(over.interests(profile), []);
    small.add("tea 1", items[1].vector);
    assert.equal(over.explain(profile, "jazz 1", { now }).shares.length, before.shares.length);
  });

  it("that are sentences count as a liked item, unless they are of another model", async () => {
    const own = await createIndex({ dimensions, fingerprint: "one", ...binaryOption });
    own.add(
      items.map(({ id }) => id),
      items.map(({ vector }) => vector),
    );
    const over = new Recommender(own);
    const profile = new Profile();
    profile.describe("jazz, mostly", { vectors: [items[25].vector], fingerprint: "one" });
    const [first] = over.recommend(profile);
    assert.equal(first.id, "jazz 5");
    assert.equal(first.because.text, "jazz, mostly");
    const other = new Profile();
    other.describe("jazz, mostly", { vectors: [items[25].vector], fingerprint: "two" });
    assert.deepEqual(over.interests(other), []);
    const shorter = new Profile();
    shorter.describe("jazz, mostly", [1, 2, 3]);
    assert.deepEqual(over.interests(shorter), []);
  });
});

describe("a saved profile", () => {
  it("comes back as it was, as bytes and as JSON", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const options = { seed, halfLifeDays: 10 + seed / 3, maxBytes: 50_000 };
      const profile = profileOf(randomHistory(items, seed, now), options);
      profile.record({ item: "\uD800 alone, 茶, 🍵", kind: "hide", at: -5 });
      profile.record({ item: -2.5, kind: "click", at: 8.64e15 });
      const bytes = profile.save();
      assert.equal(bytes.length, profile.byteLength);
      for (const copy of [
        Profile.load(bytes),
        Profile.load(bytes.buffer),
        Profile.fromJSON(JSON.stringify(profile)),
        Profile.fromJSON(profile.toJSON()),
      ]) {
        assert.deepEqual(copy.save(), bytes);
        const { halfLifeDays, maxBytes } = copy;
        assert.deepEqual({ seed: copy.seed, halfLifeDays, maxBytes }, options);
        assert.deepEqual(stateOf(copy), stateOf(profile));
      }
    }
  });

  it("never has more bytes than it may; the faintest events give way", () => {
    const profile = new Profile({ maxBytes: 4096 });
    const day = 86_400_000;
    for (let i = 0; i < 1000; i++) {
      profile.record({
        item: `an item with a long name, number ${i}`,
        kind: i % 2 ? "save" : "view",
        at: now + i * day,
      });
      assert.ok(profile.byteLength <= 4096 && profile.byteLength === profile.save().length);
    }
    assert.ok(profile.byteLength > 4000);
    assert.equal(profile.events.at(-1).item, "an item with a long name, number 999");
    const [views, saves] = ["view", "save"].map((kind) => profile.events.filter((event) => event.kind === kind));
    assert.ok(saves.length > 2 * views.length);
    assert.ok(Math.min(...saves.map(({ at }) => at)) < Math.min(...views.map(({ at }) => at)));
  });

  it("takes thousands of events in 64 KiB", () => {
    const profile = new Profile();
    for (let i = 0; i < 3000; i++) profile.record({ item: `item ${i}`, kind: "like", at: i });
    assert.ok(profile.size > 2900 && profile.byteLength <= 65536);
  });

  it("is refused when it is damaged, whatever the damage", () => {
    const below = numbers(3);
    const whole = profileOf(randomHistory(items, 4, now)).save();
    const codes = new Set();
    for (let i = 0; i < 3000; i++) {
      const bytes = i % 3 === 0 ? whole.slice(0, below(whole.length)) : whole.slice();
      for (let flips = 1 + below(3); flips > 0 && i % 3 > 0; flips--) {
        bytes[below(i % 3 === 1 ? 40 : bytes.length)] ^= 1 + below(255);
      }
      try {
        assert.deepEqual(Profile.load(bytes).save(), whole);
      } catch (error) {
        assert.ok(error instanceof KinvecError, error.stack);
        codes.add(error.code);
      }
    }
    assert.deepEqual([...codes].sort(), ["MODEL_FORMAT", "MODEL_HASH", "MODEL_VERSION"]);
  });

  it("of a forger is refused or loaded whole", () => {
    const below = numbers(5);
    const whole = profileOf(randomHistory(items, 7, now)).save();
    let loaded = 0;
    for (let i = 0; i < 3000; i++) {
      const bytes = sealed(damaged(whole, below));
      try {
        const profile = Profile.load(bytes);
        stateOf(profile);
        assert.deepEqual(profile.save(), Profile.load(profile.save()).save());
        loaded++;
      } catch (error) {
        assert.ok(error instanceof KinvecError, error.stack);
        assert.ok(["MODEL_FORMAT", "MODEL_VERSION"].includes(error.code), error.stack);
      }
    }
    assert.ok(loaded > 300 && loaded < 2700, `${loaded}`);
  });

  it("as JSON is refused when it is none of ours", async () => {
    const good = profileOf([{ item: "tea 1", kind: "like", at: now }]).toJSON();
    const [event] = good.events;
    for (const json of [
      "{",
      null,
      [],
      {},
      { ...good, format: "other" },
      { ...good, seed: -1 },
      { ...good, halfLifeDays: "10" },
      { ...good, maxBytes: 1 },
      { ...good, events: {} },
      { ...good, events: [null] },
      { ...good, events: [{ ...event, at: "one day" }] },
      { ...good, events: [{ ...event, at: 5 }] },
      { ...good, events: [{ ...event, kind: "love" }] },
      { ...good, events: [{ ...event, item: null }] },
      { ...good, events: [{ ...event, item: Number.NaN }] },
      { ...good, events: [{ at: event.at, kind: "describe", text: "a", fingerprint: "", vector: [200] }] },
      { ...good, events: [{ at: event.at, kind: "describe", text: "a", fingerprint: "", vector: [] }] },
      { ...good, events: Array(3000).fill({ ...event, item: "a name that is long enough for the bound" }) },
    ]) {
      await failsWith("MODEL_FORMAT", () => Profile.fromJSON(json));
    }
    await failsWith("MODEL_VERSION", () => Profile.fromJSON({ ...good, version: 2 }));
  });
});

describe("what is refused", () => {
  it("is named, and changes nothing", async () => {
    const profile = profileOf([{ item: "tea 1", kind: "like", at: now }]);
    const before = profile.save();
    const [event] = profile.events;
    const long = new Float32Array(65536).fill(1);
    for (const [action, pattern] of [
      [() => profile.record(), /event is missing/],
      [() => profile.record("tea 1"), /event must be an object/],
      [() => profile.record({ kind: "like" }), /item must be a string or number, not undefined/],
      [() => profile.record({ item: Number.NaN, kind: "like" }), /item/],
      [() => profile.record({ item: "tea 1" }), /kind/],
      [() => profile.record({ item: "tea 1", kind: "love" }), /kind must be one of "view".*not "love"/],
      [() => profile.record({ item: "tea 1", kind: "describe" }), /kind/],
      [() => profile.record({ item: "tea 1", kind: "like", at: Number.NaN }), /at is no time: NaN/],
      [() => profile.record({ item: "tea 1", kind: "like", at: new Date("x") }), /at is no time/],
      [() => profile.record({ item: "tea 1", kind: "like", at: "today" }), /at must be a number or Date, not string/],
      [() => profile.record({ item: "x".repeat(40_000), kind: "like" }), /takes 40012 bytes/],
      [() => profile.describe(5, items[0].vector), /text must be a string/],
      [() => profile.describe("x".repeat(5000), items[0].vector), /longer than 4096/],
      [() => profile.describe("a", "vector"), /vector must be/],
      [() => profile.describe("a", [0, 0]), /zero/],
      [() => profile.describe("a", [0, Number.NaN]), /finite/],
      [() => profile.describe("a", long), /takes \d+ bytes/],
      [() => profile.edit(event.id, { kind: "love" }), /kind/],
      [() => profile.edit(event.id, { at: Number.NaN }), /at is no time/],
      [() => new Profile({ seed: -1 }), /seed/],
      [() => new Profile({ halfLifeDays: 0 }), /halfLifeDays/],
      [() => new Profile({ maxBytes: 1 }), /maxBytes/],
      [() => Profile.load("bytes"), /bytes must be/],
    ]) {
      await failsWith(bad, action, pattern);
    }
    assert.deepEqual(profile.save(), before);
  });

  it("is another kind of a sentence", async () => {
    const profile = new Profile();
    const { id } = profile.describe("tea", items[0].vector);
    await failsWith(bad, () => profile.edit(id, { kind: "like" }), /description/);
    assert.equal(profile.edit(id, { at: 5 }).at, 5);
  });
});

/** One to three bytes changed, behind the first twelve. */
function damaged(whole, below) {
  const bytes = whole.slice();
  for (let flips = 1 + below(3); flips > 0; flips--) bytes[12 + below(bytes.length - 16)] ^= 1 << below(8);
  return bytes;
}

/** With the checksum that the bytes should have (CRC-32, here by its table). */
function sealed(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, i) => {
    let entry = i;
    for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ 0xedb88320 : entry >>> 1;
    return entry;
  });
  const crc = bytes.subarray(0, -4).reduce((sum, byte) => table[(sum ^ byte) & 255] ^ (sum >>> 8), ~0);
  new DataView(bytes.buffer).setUint32(bytes.length - 4, ~crc, true);
  return bytes;
}
