import assert from "node:assert/strict";
import { test } from "node:test";
import { readView, writeView } from "./address.ts";

test("what is written is read again", () => {
  const view = { text: '50 % of "this" & #that?\n+ \u{1f408}', layer: 3, head: 1, token: 7 };
  assert.deepEqual(readView(writeView(view)), view);
  assert.deepEqual(readView(writeView({ ...view, text: "", token: undefined })), { text: "", layer: 3, head: 1 });
});

test("numbers count from 1", () => {
  assert.equal(writeView({ text: "a", layer: 0, head: 11, token: undefined }), "#text=a&layer=1&head=12");
});

test("what makes no sense is left out", () => {
  assert.deepEqual(readView(""), {});
  assert.deepEqual(readView("#text=a&layer=0&head=-1&token=x"), { text: "a" });
  assert.deepEqual(readView("#layer=99999999999&head=1.5&token=2"), { token: 1 });
});
