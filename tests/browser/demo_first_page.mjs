// The demo's first page in Chromium, open while the tests of a file run: what can be done on it, and what is to be seen.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
export const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine

export let server;
export let browser;
export let page;

export const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
export const settled = () => page.waitForSelector('[data-testid="cards"][aria-busy="false"]');
export const listedIds = () => page.$$eval('[data-testid="card"]', (cards) => cards.map((card) => card.dataset.id));
export const title = () => byTestId("results-title").textContent();
export const events = () =>
  page.evaluate(() => JSON.parse(localStorage.getItem("kinvec-demo.profile") ?? '{"events":[]}').events);

export async function listAfter(action) {
  await action();
  await settled();
  return listedIds();
}

/** Opens the page with a stored profile, or as a newcomer's. */
export async function open(profile) {
  await browser.open(server.origin);
  await page.evaluate((text) => {
    localStorage.clear();
    if (text) localStorage.setItem("kinvec-demo.profile", text);
  }, profile && JSON.stringify(profile));
  await page.reload();
  await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
  await settled();
}

export const pick = (...tiles) =>
  tiles.reduce((before, n) => before.then(() => byTestId("starter").nth(n).click()), Promise.resolve());

export async function search(text) {
  await byTestId("query").fill(text);
  await page.waitForFunction((t) => document.getElementById("results-title").textContent.includes(t), text);
  await settled();
}

/** Opens the panel, does something, and closes it again. */
export async function inPanel(action) {
  await byTestId("profile-button").click();
  const result = await action();
  await page.keyboard.press("Escape");
  return result;
}

before(async () => {
  server = await serve({ "/": demoFolder });
  browser = await launch();
  page = browser.page;
  page.setDefaultTimeout(patience);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ reducedMotion: "reduce" });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** No other origin was asked, and no error written. */
export function assertQuiet() {
  const own = (url) => url.startsWith(`${server.origin}/`) || url.startsWith(`blob:${server.origin}/`);
  assert.deepEqual(
    browser.requests.filter((url) => !own(url) && !url.startsWith("data:")),
    [],
  );
  assert.deepEqual(browser.errors, []);
}
