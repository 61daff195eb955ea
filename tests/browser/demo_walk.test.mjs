// A walk over all pages of the demo as built, in Chromium with an empty cache, on a phone and on a desktop: no request to another
// origin, no console error, nothing grave from axe in light and dark, no long task, installable, and all of it again without a
// server. Times are printed. The time to the first recommendation may be several times as long on a busy machine as is allowed on
// an idle one; tasks are judged by their processor time, which others lengthen but little.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";
import { WALKS } from "./demo_walks.mjs";
import { assertAccessible, MainThread, timeUntilSeen, watchFor } from "./page_watch.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine

/** Milliseconds, on a machine that does nothing else. */
const ALLOWED = { firstRecommendation: 3000, task: 100 };
/** How many times as long a busy machine may take: others lengthen the time by the clock much, processor time little. */
const MARGIN = { clock: 4, processor: 2 };

const SIZES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
};

function assertSoon(what, milliseconds) {
  console.log(`${what}: ${Math.round(milliseconds)} ms since the navigation`);
  assert.ok(milliseconds <= MARGIN.clock * ALLOWED.firstRecommendation, `${what} took ${Math.round(milliseconds)} ms`);
}

function assertShort(what, { wall, processor }) {
  console.log(`longest task, ${what}: ${Math.round(processor)} ms, ${Math.round(wall)} ms by the clock`);
  assert.ok(processor > 0, `the trace has tasks of the main thread: ${what}`);
  assert.ok(processor <= MARGIN.processor * ALLOWED.task, `a task of ${Math.round(processor)} ms: ${what}`);
}

for (const [size, viewport] of Object.entries(SIZES)) {
  describe(`a walk over the demo, ${size}`, () => {
    let server;
    let browser;
    let page;
    let mainThread;

    before(async () => {
      mkdirSync(screenshots, { recursive: true });
      server = await serve({ "/": demoFolder });
      browser = await launch(); // its profile is new, so nothing is kept yet
      page = browser.page;
      page.setDefaultTimeout(patience);
      await page.setViewportSize(viewport);
      mainThread = await MainThread.of(page);
      await watchFor(page, '[data-testid="cards"][aria-busy="false"] [data-testid="card"]');
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    /** Pictures of the page as it is now, light and dark, and what axe says to them. */
    async function lookAt(what, part) {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.evaluate(async () => {
          const passed = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
          const frame = () => Promise.race([new Promise(requestAnimationFrame), passed(100)]);
          // What is far below the window is in the picture as well, and axe looks at it.
          for (const row of document.querySelectorAll(".scheme")) row.style.contentVisibility = "visible";
          const height = document.querySelector("dialog[open]") ? 0 : document.documentElement.scrollHeight;
          for (let top = height; top > -innerHeight; top -= innerHeight) {
            scrollTo(0, Math.max(0, top));
            await frame();
          }
          const animations = document.getAnimations().map(({ finished }) => finished.catch(() => {}));
          await Promise.race([Promise.all(animations), passed(2000)]);
        });
        await page.screenshot({
          path: path.join(screenshots, `walk-${what}-${size}-${colorScheme}.png`),
          animations: "disabled",
          fullPage: part === undefined,
        });
        await assertAccessible(page, `${what}, ${size}, ${colorScheme}`, part);
      }
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
    }

    it("shows its first recommendations soon, though nothing is kept yet", async () => {
      await mainThread.start();
      await browser.open(`${server.origin}/`);
      assertSoon(`first list, ${size}`, await timeUntilSeen(page));
      await page.locator('[data-testid="starter"]').first().click();
      await page.locator('[data-testid="because"]').first().waitFor();
      assertSoon(`first recommendation, ${size}`, await page.evaluate(() => performance.now()));
      assertShort(`until then, ${size}`, await mainThread.stop());
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
      it(`answers without holding up the main thread, and can be used by everybody: ${name}`, async () => {
        await browser.open(`${server.origin}/${file}`);
        await ready(page);
        await mainThread.start();
        await walk(page, async (what, part) => {
          assertShort(`${name} page until ${what}, ${size}`, await mainThread.stop());
          await lookAt(`${name}-${what}`, part);
          await mainThread.start();
        });
        await mainThread.stop();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `the page scrolls sideways by ${overflow} px`);
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
