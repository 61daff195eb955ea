// Each known failure of other libraries has a test that is there, or a reason why it cannot happen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { knownFailures } from "../common/known_failures.mjs";

describe("a known failure of other libraries", () => {
  for (const { id, fault, guard, because } of knownFailures) {
    it(`is guarded against or cannot happen: ${id}, ${fault}`, () => {
      if (because !== undefined) return assert.ok(because.length > 10 && guard === undefined);
      const [file, name] = guard;
      const text = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
      assert.ok(name.length > 3 && text.includes(name), `tests/${file} has no test "${name}"`);
    });
  }

  it("is told once", () => {
    assert.equal(new Set(knownFailures.map(({ id }) => id)).size, knownFailures.length);
  });
});
