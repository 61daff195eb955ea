// The built demo page in Firefox and WebKit; demo.test.mjs looks closer, in Chromium.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines, waitFor } from "./engines.mjs";

const folder = process.env.KINVEC_DEMO_DIR ?? fileURLToPath(new URL("../../demo/dist", import.meta.url));

// Functions that run in the page.
const modelIsReady = () => document.querySelector("[data-testid=status]").dataset.stage === "ready";
const listedIds = () => Array.from(document.querySelectorAll("[data-testid=card]"), (card) => card.dataset.id);
const firstCardsText = () =>
  Array.from(document.querySelectorAll("[data-testid=card]"), (card) => card.textContent)
    .slice(0, 6)
    .join("\n");
const title = () => document.querySelector("[data-testid=results-title]").textContent;
const type = (text) => {
  const input = document.querySelector("[data-testid=query]");
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
const settled = () => document.querySelector("[data-testid=cards]").getAttribute("aria-busy") === "false";
const likeThird = () => document.querySelectorAll("[data-testid=card]")[2].querySelector("[data-testid=like]").click();
const reasons = () =>
  Array.from(document.querySelectorAll("[data-testid=because]:not([hidden])"), (reason) => reason.textContent).join(
    "\n",
  );
const mapIsDrawn = () => {
  const canvas = document.querySelector("[data-testid=map] canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length > 1000;
};

for (const name of ["firefox", "webkit"]) {
  describe(`the demo page in ${name}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve({ "/": folder });
      browser = await engines[name]();
      await browser.open(`${server.origin}/`);
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    it("lists programs and brings its model", async () => {
      await waitFor(browser, modelIsReady);
      await waitFor(browser, settled);
      assert.equal((await browser.evaluate(listedIds)).length, 24);
    });

    it("searches by meaning", async () => {
      await browser.evaluate(type, "look at the stars tonight");
      await waitFor(browser, () =>
        document.querySelector("[data-testid=results-title]").textContent.startsWith("Near"),
      );
      assert.match(await browser.evaluate(firstCardsText), /astronom|planetarium|sky/i);
    });

    it("changes the order at once with a like, and says why", async () => {
      await browser.evaluate(type, "");
      await waitFor(browser, () => !document.querySelector("[data-testid=results-title]").textContent.includes("Near"));
      await waitFor(browser, settled);
      const before = await browser.evaluate(listedIds);
      await browser.evaluate(likeThird);
      await waitFor(browser, () => document.querySelector("[data-testid=results-title]").textContent === "For you");
      assert.match(await browser.evaluate(reasons), /Because you liked/);
      assert.notDeepEqual(await browser.evaluate(listedIds), before);
      assert.equal(await browser.evaluate(title), "For you");
    });

    it("draws the map", async () => {
      await waitFor(browser, mapIsDrawn);
    });

    it("asks no other origin and reports no error", () => {
      const elsewhere = browser.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(`${server.origin}/`));
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(browser.errors, []);
    });
  });
}
