// Models kept in the page's caches and in its private file system, in three browser engines.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { callGlobal, engines, waitFor } from "./engines.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;

let server;
before(async () => {
  server = await serve({
    "/": path.join(root, "tests/browser/pages"),
    "/package/": packageFolder,
    "/models/": path.join(root, "models"),
    "/tests/": path.join(root, "tests"),
  });
});
after(() => server.close());

for (const [name, launch] of Object.entries(engines)) {
  describe(name, () => {
    let browser;
    const open = async () => {
      await browser.open(`${server.origin}/cache.html`);
      await waitFor(browser, () => "cancelHalfWay" in globalThis);
    };
    before(async () => {
      browser = await launch();
      await open();
    });
    after(() => browser?.close());

    // WebKitGTK has no private file system, and its driver's session forgets caches when the page is left.
    const places = name === "webkit" ? ["browser"] : ["browser", "opfs"];
    for (const place of places) {
      it(`keeps a model (${place}), finds it after a reload, and mends it when it is damaged`, async () => {
        const first = await callGlobal(browser, "loadKept", place);
        assert.equal(first.cache, "stored");
        if (name !== "webkit") await open();
        assert.deepEqual(await callGlobal(browser, "loadKept", place), { ...first, cache: "hit" });
        await callGlobal(browser, "damage", place);
        assert.deepEqual(await callGlobal(browser, "loadKept", place), first);
        assert.deepEqual(await callGlobal(browser, "loadKept", place), { ...first, cache: "hit" });
      });
    }

    if (name === "webkit") {
      it("loads where there is no private file system", async () => {
        assert.equal((await callGlobal(browser, "loadKept", "opfs")).cache, "failed");
      });
    }

    it("keeps nothing of a load that was cancelled", async () => {
      assert.deepEqual(await callGlobal(browser, "cancelHalfWay", "browser"), { code: "ABORTED", kept: 0 });
    });
  });
}
