import assert from "node:assert/strict";
import { test } from "node:test";
import { remarkOn } from "./hit_columns.ts";

const hits = [{ word: "tea", score: 1 }];

test("a word without a vector is told of, alone and among others", () => {
  assert.equal(remarkOn({ hits: [], missing: ["xyz"], built: [] }), "\u201cxyz\u201d has no vector here.");
  assert.equal(
    remarkOn({ hits, missing: ["x", "y"], built: [] }),
    "Without \u201cx\u201d, \u201cy\u201d, which have no vector here.",
  );
});

test("so is one whose vector is made of pieces", () => {
  assert.match(remarkOn({ hits, missing: [], built: ["teas"] }), /never seen/);
  assert.equal(remarkOn({ hits, missing: [], built: [] }), "");
});
