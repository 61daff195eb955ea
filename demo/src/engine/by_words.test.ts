import assert from "node:assert/strict";
import { test } from "node:test";
import { Profile } from "kinvec/recommend";
import { WordTaste } from "./by_words.ts";
import { readProfile } from "./profile_bytes.ts";

const ids = ["krita", "mypaint", "audacity", "ardour", "chess"];
const taste = new WordTaste(ids, [
  "paint pictures with brushes",
  "paint with many brushes on a canvas",
  "record and edit sound",
  "record sound on many tracks",
  "play chess",
]);
const all = () => true;

function profileOf(...events: [string, "like" | "dislike" | "click"][]) {
  const profile = new Profile();
  for (const [item, kind] of events) profile.record({ item, kind });
  return readProfile(profile.save());
}
const ranked = (profile: ReturnType<typeof profileOf>, options = all) =>
  taste.rank(profile, options).map(({ item }) => ids[item]);

test("what shares rare words with something liked comes first", () => {
  assert.equal(ranked(profileOf(["krita", "like"]))[0], "mypaint");
  assert.equal(ranked(profileOf(["audacity", "like"]))[0], "ardour");
});

test("what shares no word is left out, as is what was judged", () => {
  const names = ranked(profileOf(["krita", "like"]));
  assert.ok(!names.includes("chess"));
  assert.ok(!names.includes("krita"));
  assert.deepEqual(ranked(profileOf()), []);
});

test("each recommendation names the event that speaks most for it, and its part", () => {
  const [first] = taste.rank(profileOf(["audacity", "like"], ["krita", "like"]), all);
  assert.ok(first);
  assert.equal(first.because, ids[first.item] === "mypaint" ? 1 : 0);
  assert.ok((first.part ?? 0) > 0.5 && (first.part ?? 2) <= 1);
});

test("a dislike speaks against what is like it", () => {
  assert.ok(!ranked(profileOf(["krita", "dislike"], ["audacity", "click"])).includes("mypaint"));
});

test("only accepted items are ranked", () => {
  const names = ranked(profileOf(["audacity", "like"]), (item) => item !== 3);
  assert.ok(!names.includes("ardour"));
});

test("a sentence counts by its words", () => {
  const profile = new Profile();
  profile.describe("I record sound", Float32Array.of(1, 0));
  assert.deepEqual(ranked(readProfile(profile.save())).slice(0, 2).toSorted(), ["ardour", "audacity"]);
});
