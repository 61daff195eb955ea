// Damaged checkpoint folders, those that fuzzing has found and a fixed number of others: each is refused with an error
// of the list, or was damaged where it does no harm. `npm run fuzz` makes more of them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { importDamaged } from "../fuzz/checkpoint_import.mjs";
import { root } from "./helpers.mjs";

const kFolders = 300;
const kept = path.join(root, "tests/fuzz/corpus/import");

/** Bytes that are the same in every run (a 32-bit linear congruential generator). */
function bytes(seed, length) {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

describe("damaged checkpoints", () => {
  for (const name of readdirSync(kept)) {
    it(`found by fuzzing: ${name}`, () => importDamaged(readFileSync(path.join(kept, name))));
  }

  for (const kind of ["transformer", "static"]) {
    it(`${kFolders} others of a ${kind} give an error of the list or do no harm`, async () => {
      const importOf = (input) => importDamaged(input, undefined, kind);
      assert.equal(await importOf(new Uint8Array()), "used");
      const counts = {};
      for (let i = 0; i < kFolders; i++) {
        const code = await importOf(bytes(i * 2654435761, 4 + (i % 60)));
        counts[code] = (counts[code] ?? 0) + 1;
      }
      // Were all refused for the same reason, little would have been looked at.
      assert.ok(counts.used >= 10, JSON.stringify(counts));
      assert.ok(Object.keys(counts).length >= 4, JSON.stringify(counts));
    });
  }
});
