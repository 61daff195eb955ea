import assert from "node:assert/strict";
import { test } from "node:test";
import { Profile } from "./profile.ts";

function memory(initial?: string) {
  const values = new Map<string, string>();
  if (initial !== undefined) values.set("kinvec-demo.profile", initial);
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

test("what was said is there again after the page was closed", () => {
  const storage = memory();
  const profile = new Profile(storage, () => 7);
  profile.judge("krita", "like");
  profile.judge("vim", "dislike");
  assert.deepEqual(new Profile(storage).events, [
    { id: "krita", verdict: "like", at: 7 },
    { id: "vim", verdict: "dislike", at: 7 },
  ]);
});

test("a program has one verdict, the last", () => {
  const profile = new Profile(memory());
  profile.judge("krita", "like");
  profile.judge("krita", "dislike");
  assert.equal(profile.verdictOf("krita"), "dislike");
  assert.equal(profile.events.length, 1);
});

test("forgetting everything leaves nothing in the storage", () => {
  const storage = memory();
  const profile = new Profile(storage);
  profile.judge("a", "like");
  profile.judge("b", "like");
  profile.forget("a");
  assert.deepEqual(
    profile.events.map(({ id }) => id),
    ["b"],
  );
  profile.forgetAll();
  assert.equal(profile.stored(), "");
  assert.equal(storage.values.size, 0);
});

test("unreadable, foreign and damaged entries are ignored", () => {
  for (const text of [
    "{",
    "null",
    '{"version":9,"events":[]}',
    '{"version":1,"events":[{"id":3},null,{"id":"x","verdict":"meh","at":1}]}',
  ]) {
    assert.deepEqual(new Profile(memory(text)).events, []);
  }
});

test("the number of events is bounded, and a full storage is no error", () => {
  const profile = new Profile(memory());
  for (let i = 0; i < 510; i++) profile.judge(`p${i}`, "like");
  assert.equal(profile.events.length, 500);
  assert.equal(profile.events[0]?.id, "p10");
  const full = {
    ...memory(),
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  const other = new Profile(full);
  other.judge("a", "like");
  assert.equal(other.verdictOf("a"), "like");
});
