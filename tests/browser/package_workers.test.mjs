// load() and trainWordVectors() with `workers` in every browser engine, under a policy that allows the package's own files and nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { goldenTrainedInWorkers } from "../common/trained_words.mjs";
import { callGlobal, engines, waitFor } from "./engines.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const golden = readFileSync(path.join(root, "tests/golden/q8.sha256"), "utf8").trim().split(/\s/)[0];

// Sent with the workers' script as well, which has a policy of its own.
const policy =
  "default-src 'none'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

let server;
before(async () => {
  const mounts = {
    "/": path.join(root, "tests/browser/pages"),
    "/package/": process.env.KINVEC_PACKAGE_DIR ?? root,
    "/models/": path.join(root, "models"),
    "/tests/": path.join(root, "tests"),
  };
  server = await serve(mounts, { headers: { "Content-Security-Policy": policy } });
});
after(() => server.close());

for (const [name, launch] of Object.entries(engines)) {
  describe(`workers in ${name}`, () => {
    let browser;
    before(async () => {
      browser = await launch();
      await browser.open(`${server.origin}/workers.html`);
      await waitFor(browser, () => "inServiceWorker" in globalThis);
    });
    after(() => browser?.close());

    it("give the golden vectors in order, report progress, and are stopped", async () => {
      assert.deepEqual(await callGlobal(browser, "useWorkers"), {
        hash: golden,
        tokens: ["[CLS]", "unbelievable", "!", "[SEP]"],
        shapes: [6, 12, 4, 400],
        monotonic: true,
        ends: [1, 400],
        aborted: "ABORTED",
        tooLong: { code: "TEXT_TOO_LONG", at: 400 },
        info: { workers: 2, selfChecked: true },
        disposed: ["DISPOSED", "DISPOSED"],
      });
    });

    it("train word vectors, the same everywhere, and are stopped", async () => {
      assert.deepEqual(await callGlobal(browser, "trainInWorkers"), {
        hash: goldenTrainedInWorkers,
        fraction: 1,
        aborted: "ABORTED",
        missing: "FETCH_FAILED",
      });
    });

    it("break no rule of the policy", () => {
      assert.deepEqual(
        browser.errors.filter((line) => /policy/i.test(line)),
        [],
      );
    });

    it("that cannot start or that end are told by code", async () => {
      assert.deepEqual(await callGlobal(browser, "loseWorkers"), {
        missing: "FETCH_FAILED",
        elsewhere: "FETCH_FAILED",
        lost: "ENGINE_LOST",
        kept: "none",
        both: ["ENGINE_LOST", "ENGINE_LOST"],
      });
    });

    if (name === "chromium") {
      it("are left out in a service worker, unless a number is asked for", async () => {
        assert.deepEqual(await callGlobal(browser, "inServiceWorker", "auto"), { workers: 0, dimensions: 384 });
        assert.deepEqual(await callGlobal(browser, "inServiceWorker", 2), { code: "INVALID_ARGUMENT" });
      });
    }
  });
}
