import assert from "node:assert/strict";
import { test } from "node:test";
import { orderByPrior } from "./order.mjs";

const program = (id, owner, name, translations = 0) => ({ id, package: owner, name, translations });

test("well-known programs come first, the others by the number of their translations", () => {
  const ordered = orderByPrior([
    program("a", "a", "A", 3),
    program("b", "b", "B", 90),
    program("krita", "krita", "Krita"),
    program("inkscape", "inkscape", "Inkscape"),
  ]);
  assert.deepEqual(
    ordered.map(({ id }) => id),
    ["inkscape", "krita", "b", "a"],
  );
  for (const { prior } of ordered) assert.ok(prior >= 0 && prior <= 1);
});

test("of a well-known package's programs the main one is meant", () => {
  const ordered = orderByPrior([
    program("viewer", "calibre", "calibre viewer", 2),
    program("main", "calibre", "calibre", 9),
    program("other", "other", "Other", 5),
  ]);
  assert.deepEqual(
    ordered.map(({ id }) => id),
    ["main", "other", "viewer"],
  );
});
