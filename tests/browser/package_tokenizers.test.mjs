// kinvec/tokenizers in every browser engine, in a page with a strict policy and in a worker.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { callGlobal, engines, waitFor } from "./engines.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

const expected = {
  wordpiece: ["[CLS]", "the", "un", "##want", "##ed", "cat", "[UNK]", "!", "[SEP]"],
  slices: ["", "The", "\u00FCn", "want", "ed", "CAT", "\u{1F600}", "!", ""],
  bytes: "The \u00FCnwanted CAT \u{1F600}!",
  model: ["[CLS]", "un", "##bel", "##ie", "##va", "##bly", "good", "[SEP]"],
  trained: ["[CLS]", "lowest", "[SEP]"],
  lastFraction: 1,
  error: "MODEL_FORMAT",
};

let server;
before(async () => {
  server = await serve({
    "/": path.join(root, "tests/browser/pages"),
    "/package/": process.env.KINVEC_PACKAGE_DIR ?? root,
    "/models/": path.join(root, "models"),
    "/tests/": path.join(root, "tests"),
  });
});
after(() => server.close());

for (const [name, launch] of Object.entries(engines)) {
  describe(`tokenizers in ${name}`, () => {
    let browser;
    before(async () => {
      browser = await launch();
      await browser.open(`${server.origin}/tokenizers.html`);
      await waitFor(browser, () => "inWorker" in globalThis);
    });
    after(() => browser?.close());

    it("load, encode, decode and train in a page", async () => {
      assert.deepEqual(await callGlobal(browser, "inPage"), expected);
    });

    it("do so in a worker", async () => {
      assert.deepEqual(await callGlobal(browser, "inWorker"), expected);
    });

    it("break no rule of the policy", () => {
      assert.deepEqual(
        browser.errors.filter((line) => /policy/i.test(line)),
        [],
      );
    });
  });
}
