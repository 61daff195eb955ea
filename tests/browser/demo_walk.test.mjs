// A walk over all pages of the demo as built, in Chromium with an empty cache, on a phone and on a desktop: no request to another
// origin, no console error, nothing grave from axe in light and dark, no long task, installable, and all of it again without a
// server. Times are measured and printed; a busy machine may take several times as long as the pages are allowed on an idle one.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";
import { WALKS } from "./demo_walks.mjs";
import { assertAccessible, longestTask, timeUntilSeen, watchPages } from "./page_watch.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine

/** Milliseconds, on a machine that does nothing else. */
const ALLOWED = { firstRecommendation: 3000, task: 100 };
/** How many times as long a busy machine may take. */
const MARGIN = 4;

const SIZES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
};

function assertTime(what, measured, allowed) {
  console.log(`${what}: ${Math.round(measured)} ms (allowed ${allowed} ms)`);
  assert.ok(measured <= MARGIN * allowed, `${what} took ${Math.round(measured)} ms`);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  describe(`a walk over the demo, ${size}`, () => {
    let server;
    let browser;
    let page;

    before(async () => {
      mkdirSync(screenshots, { recursive: true });
      server = await serve({ "/": demoFolder });
      browser = await launch(); // its profile is new, so nothing is kept yet
      page = browser.page;
      page.setDefaultTimeout(patience);
      await page.setViewportSize(viewport);
      await watchPages(page, '[data-testid="card"]');
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    /** A picture of the whole page once colours and places are those that stay. */
    async function picture(name, colorScheme) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(() => {
        scrollTo(0, 0);
        // What is far below the window is in the picture as well, and axe looks at it.
        for (const row of document.querySelectorAll(".scheme")) row.style.contentVisibility = "visible";
      });
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
      await page.screenshot({
        path: path.join(screenshots, `walk-${name}-${size}-${colorScheme}.png`),
        animations: "disabled",
        fullPage: true,
      });
    }

    it("shows its first recommendations soon, though nothing is kept yet", async () => {
      await browser.open(`${server.origin}/`);
      assertTime(`first recommendation, ${size}`, await timeUntilSeen(page), ALLOWED.firstRecommendation);
    });

    it("can be installed", async () => {
      const session = await page.context().newCDPSession(page);
      const { errors, data } = await session.send("Page.getAppManifest");
      assert.deepEqual(errors, []);
      assert.ok(JSON.parse(data).icons.length > 0);
      const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
      assert.deepEqual(installabilityErrors, []);
    });

    for (const { name, file, ready, walk } of WALKS) {
      it(`answers without holding up the main thread: ${name}`, async () => {
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
        await browser.open(`${server.origin}/${file}`);
        await ready(page);
        await walk(page);
        assertTime(`longest task, ${name}, ${size}`, await longestTask(page), ALLOWED.task);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `the page scrolls sideways by ${overflow} px`);
      });

      it(`keeps to what people need who see, hear or move otherwise: ${name}`, async () => {
        for (const colorScheme of ["light", "dark"]) {
          await picture(name, colorScheme);
          await assertAccessible(page, `${name}, ${size}, ${colorScheme}`);
        }
      });
    }

    it("works again when the server is gone", async () => {
      await page.waitForSelector('html[data-offline="ready"]');
      await server.close();
      await browser.setOffline(true);
      for (const { file, ready } of WALKS) {
        await browser.open(`${server.origin}/${file}`);
        await ready(page);
      }
      await browser.setOffline(false);
    });

    it("asked no other origin for anything", () => {
      const own = (url) => url.startsWith(`${server.origin}/`) || url.startsWith(`blob:${server.origin}/`);
      const elsewhere = browser.requests.filter((url) => !url.startsWith("data:") && !own(url));
      assert.deepEqual(elsewhere, []);
      assert.ok(
        browser.requests.some((url) => url.endsWith(".gguf")),
        "the model was fetched",
      );
    });

    it("wrote no error to the console", () => {
      assert.deepEqual(browser.errors, []);
    });
  });
}
