import assert from "node:assert/strict";
import { test } from "node:test";
import { Profile } from "kinvec/recommend";
import { ProfileStore } from "./profile_store.ts";
import { readProfileFile } from "./transfer.ts";

/** A storage like the browser's; `full` refuses to store. */
function memory(initial?: string, full = false) {
  const values = new Map<string, string>(initial === undefined ? [] : [["kinvec-demo.profile", initial]]);
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem(key: string, value: string) {
      if (full) throw new DOMException("full", "QuotaExceededError");
      values.set(key, value);
    },
    removeItem: (key: string) => void values.delete(key),
  };
}

const kinds = (store: ProfileStore) => store.events.map((event) => event.kind);

test("what is said about a program holds until something else is said", () => {
  const store = new ProfileStore(memory());
  store.judge("krita", "like");
  store.judge("krita", "dislike");
  assert.deepEqual(kinds(store), ["dislike"]);
  assert.equal(store.verdictOf("krita"), "dislike");
  store.takeBack("krita");
  assert.equal(store.events.length, 0);
});

test("opening a program is noted once, and is no verdict", () => {
  const store = new ProfileStore(memory());
  store.noteOpening("krita");
  store.noteOpening("krita");
  assert.deepEqual(kinds(store), ["click"]);
  assert.equal(store.verdictOf("krita"), undefined);
  store.judge("krita", "save");
  assert.deepEqual(store.withVerdict("like", "save"), ["krita"]);
  assert.deepEqual(kinds(store), ["click", "save"]);
});

test("all that is known survives a reload, and nothing of what was forgotten", () => {
  const storage = memory();
  const store = new ProfileStore(storage);
  store.judge("krita", "like");
  store.judge("audacity", "dislike");
  store.describe("I paint", Float32Array.of(0.6, 0.8));
  const again = new ProfileStore(storage);
  assert.deepEqual(kinds(again), ["like", "dislike", "describe"]);
  assert.deepEqual(again.bytes(), store.bytes());
  for (const event of again.events) again.forget(event);
  assert.equal(storage.values.size, 0);
});

test("an event can be changed", () => {
  const store = new ProfileStore(memory());
  store.judge("krita", "like");
  const [event] = store.events;
  assert.ok(event);
  store.edit(event, "hide");
  assert.equal(store.verdictOf("krita"), "hide");
});

test("likes and dislikes of the first version of the page are taken over", () => {
  const old = {
    version: 1,
    events: [
      { id: "krita", verdict: "like", at: 1_700_000_000_000 },
      { id: "audacity", verdict: "dislike", at: 1_700_000_000_001 },
      { id: 7, verdict: "like", at: 1 },
      null,
    ],
  };
  const store = new ProfileStore(memory(JSON.stringify(old)));
  assert.deepEqual(kinds(store), ["like", "dislike"]);
  assert.equal(store.events[0]?.at, 1_700_000_000_000);
  assert.equal(store.verdictOf("audacity"), "dislike");
});

test("what cannot be read is nothing, and a full storage only forgets at the end", () => {
  for (const broken of ["", "nonsense", "7", "null", '{"version":9,"events":[]}']) {
    assert.equal(new ProfileStore(memory(broken)).events.length, 0, broken);
  }
  const store = new ProfileStore(memory(undefined, true));
  store.judge("krita", "like");
  assert.equal(store.events.length, 1);
});

test("what another tab stored is followed", () => {
  const storage = memory();
  const [one, other] = [new ProfileStore(storage), new ProfileStore(storage)];
  one.judge("krita", "like");
  assert.equal(other.follow("kinvec-demo.theme"), false);
  assert.equal(other.follow("kinvec-demo.profile"), true);
  assert.equal(other.verdictOf("krita"), "like");
});

test("an exported profile can be brought back", async () => {
  const store = new ProfileStore(memory());
  store.judge("krita", "like");
  store.describe("I paint", Float32Array.of(0.6, 0.8));
  const other = new ProfileStore(memory());
  other.replace(await readProfileFile(new Blob([store.stored()])));
  assert.deepEqual(other.bytes(), store.bytes());
});

test("a file that is no profile says what is wrong with it", async () => {
  const refuses = (content: BlobPart, message: RegExp) =>
    assert.rejects(readProfileFile(new File([content], "x.json")), message);
  await refuses("", /is empty/);
  await refuses("hello", /does not hold JSON/);
  await refuses('{"name":"a package"}', /cannot be read as a profile/);
  await refuses(JSON.stringify({ ...new Profile().toJSON(), version: 99 }), /version 99/);
  await refuses(new Uint8Array(2 ** 20 + 1), /too large/);
});
