// The demo page as built, in Chromium: what it shows, what it learns, what it keeps to itself, and that it needs no network.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine

let server;
let browser;
let page;

const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
const listedIds = () => page.$$eval('[data-testid="card"]', (cards) => cards.map((card) => card.dataset.id));
const card = (id) => page.locator(`[data-testid="card"][data-id="${id}"]`);
const stored = () => page.evaluate(() => localStorage.getItem("kinvec-demo.profile"));
const ready = () => page.waitForSelector('[data-testid="status"][data-stage="ready"]');

/** The list follows an event as soon as the worker has answered. */
const settled = () => page.waitForSelector('[data-testid="cards"][aria-busy="false"]');
const dialogIsOpen = (id) => byTestId(id).evaluate((dialog) => dialog.open);

/** A dialog's closing, and so the address, follows its key press by an event. */
const addressIs = (hash) => page.waitForFunction((expected) => location.hash === expected && !location.search, hash);

/** Opens the page and waits until it searches by meaning. */
async function open(query = "") {
  await browser.open("about:blank"); // what stands behind "#" alone would not load the page anew
  await browser.open(`${server.origin}/${query}`);
  await ready();
  await settled();
}

async function listAfter(action) {
  await action();
  await settled();
  return listedIds();
}

async function search(text) {
  await byTestId("query").fill(text);
  await page.waitForFunction(
    (t) => document.getElementById("results-title").textContent === `Nearest to \u201c${t}\u201d`,
    text,
  );
}

before(async () => {
  server = await serve({ "/": demoFolder });
  browser = await launch();
  page = browser.page;
  page.setDefaultTimeout(patience);
  await page.setViewportSize({ width: 1280, height: 900 });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

describe("demo page", () => {
  it("lists programs and finds them by words before the model is there", async () => {
    let letModelThrough;
    const held = new Promise((resolve) => {
      letModelThrough = resolve;
    });
    await page.route("**/*.gguf", async (route) => {
      await held;
      await route.continue();
    });
    await browser.open(server.origin);
    await byTestId("card").first().waitFor();
    assert.equal((await listedIds()).length, 24);
    assert.equal(await byTestId("status").getAttribute("data-stage"), "loading");
    await byTestId("query").fill("keepassxc");
    await page.waitForFunction(() => document.getElementById("results-title").textContent.startsWith("With the words"));
    assert.match((await listedIds())[0], /keepassxc/i);
    letModelThrough();
    await ready();
    await page.unroute("**/*.gguf");
    assert.equal(await byTestId("results-title").textContent(), "Nearest to \u201ckeepassxc\u201d");
    assert.match((await listedIds())[0], /keepassxc/i);
  });

  it("searches by meaning, not by words", async () => {
    await open();
    await search("somewhere secure for my secret codes");
    const names = await page.locator(".card-name").allTextContents();
    assert.ok(
      names.slice(0, 8).some((name) => /pass|secret|keep/i.test(name)),
      names.slice(0, 8).join(", "),
    );
    await addressIs("#q=somewhere+secure+for+my+secret+codes");
  });

  it("opens a shared search and a shared program", async () => {
    await open("?q=draw+a+logo"); // as older links have it
    await page.waitForFunction(() => document.getElementById("results-title").textContent.startsWith("Nearest"));
    await addressIs("#q=draw+a+logo");
    const [first] = await listedIds();
    await open(`#app=${encodeURIComponent(first)}`);
    assert.equal(await dialogIsOpen("detail"), true);
    assert.ok((await byTestId("description").locator("p, ul").first().textContent()).length > 20);
    assert.equal(await stored(), null, "a link that was followed says nothing about a taste");
    await page.keyboard.press("Escape");
    assert.equal(await dialogIsOpen("detail"), false);
    await addressIs("");
  });

  it("changes the order at once with a like, says why, and remembers it", async () => {
    await open();
    const before = await listedIds();
    const liked = before[3];
    const name = await card(liked).locator(".card-name").textContent();
    const after = await listAfter(() => card(liked).locator('[data-testid="like"]').click());
    assert.notDeepEqual(after, before);
    assert.ok(!after.includes(liked));
    assert.match(await byTestId("because").first().textContent(), /Because you liked .+ \d+\u2009%$/);
    assert.equal(await byTestId("because").first().locator("strong").textContent(), name);
    await open();
    assert.deepEqual(await listedIds(), after);
  });

  it("forgets one event as if it had never been", async () => {
    const before = await listedIds();
    assert.notDeepEqual(await listAfter(() => byTestId("card").nth(1).locator('[data-testid="like"]').click()), before);
    await byTestId("profile-button").click();
    assert.deepEqual(await listAfter(() => byTestId("forget").first().click()), before);
    await page.keyboard.press("Escape");
  });

  it("takes a dismissed program away, and brings it back", async () => {
    const before = await listedIds();
    const without = await listAfter(() => card(before[0]).locator('[data-testid="dislike"]').click());
    assert.ok(!without.includes(before[0]));
    assert.deepEqual(await listAfter(() => byTestId("undo").click()), before);
  });

  it("shows all it knows and forgets all of it", async () => {
    await byTestId("profile-button").click();
    assert.equal(await byTestId("known").count(), JSON.parse(await stored()).events.length);
    await byTestId("forget-all").click();
    assert.equal(await byTestId("known").count(), 0);
    assert.equal(await stored(), null);
    await page.keyboard.press("Escape");
    assert.equal(await byTestId("liked").count(), 0);
  });

  it("can be used by keyboard alone", async () => {
    await open();
    await page.keyboard.press("/");
    await page.keyboard.type("music");
    await page.waitForFunction(
      () => document.getElementById("results-title").textContent === "Nearest to \u201cmusic\u201d",
    );
    await page.keyboard.press("Escape");
    assert.equal(await byTestId("query").inputValue(), "");
    await settled();
    const ids = await listedIds();
    await card(ids[0]).locator(".card-link").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("l");
    await settled();
    assert.deepEqual(
      JSON.parse(await stored()).events.map(({ item }) => item),
      [ids[1]],
    );
    const focused = () => page.evaluate(() => document.activeElement.closest("[data-id]")?.dataset.id);
    const heir = await focused();
    assert.equal(heir, (await listedIds())[1], "the focus stays at its place in the list");
    await page.keyboard.press("Enter");
    assert.equal(await dialogIsOpen("detail"), true);
    await page.keyboard.press("Escape");
    assert.equal(await focused(), heir, "closing gives the focus back");
  });

  it("tells screen readers what changed", async () => {
    await search("paint a picture");
    const announced = "Nearest to \u201cpaint a picture\u201d. First: ";
    await page.waitForFunction((text) => document.getElementById("announcer").textContent.startsWith(text), announced);
  });

  it("works again without a network after the first load", async () => {
    await open();
    await page.waitForSelector('html[data-offline="ready"]');
    const online = await listedIds();
    await browser.setOffline(true);
    await server.close();
    await page.reload();
    await ready();
    assert.deepEqual(await listedIds(), online);
    await search("look at the stars");
    await byTestId("card").first().locator(".icon-loaded, .icon-monogram").first().waitFor();
    await page.locator(".card-link").first().click();
    await byTestId("description").locator("p").first().waitFor();
    await page.keyboard.press("Escape");
    await browser.setOffline(false);
  });

  it("fits a phone and a desktop, light and dark", async () => {
    mkdirSync(screenshots, { recursive: true });
    for (const [name, width, height] of [
      ["phone", 360, 780],
      ["desktop", 1440, 900],
    ]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.evaluate(() => scrollTo(0, 0));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} px`);
        // Colours fade when the scheme changes; the picture is of the page as it stays.
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))),
        );
        await page.screenshot({
          path: path.join(screenshots, `demo-${name}-${colorScheme}.png`),
          animations: "disabled",
        });
      }
    }
  });

  it("asked no other origin for anything", () => {
    const elsewhere = browser.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(`${server.origin}/`));
    assert.deepEqual(elsewhere, []);
    assert.ok(browser.requests.length > 10);
  });

  it("wrote no error to the console", () => {
    assert.deepEqual(browser.errors, []);
  });
});
