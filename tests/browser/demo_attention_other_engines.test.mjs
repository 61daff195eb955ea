// The built attention page in Firefox and WebKit; demo_attention.test.mjs looks closer, in Chromium.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "kinvec";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines, waitFor } from "./engines.mjs";

const folder = process.env.KINVEC_DEMO_DIR ?? fileURLToPath(new URL("../../demo/dist", import.meta.url));
const modelFile = fileURLToPath(new URL("../../models/all-MiniLM-L6-v2.q8.gguf", import.meta.url));
const text = "She went to the bank and opened an account.";

// Functions that run in the page.
const tokens = () => Array.from(document.querySelectorAll("[data-testid=token]"), (token) => token.textContent);
const opacities = () =>
  Array.from(document.querySelectorAll("[data-testid=arcs] path"), (path) =>
    Number(path.getAttribute("stroke-opacity")),
  );
/** What is drawn of a head that looks at the token before. */
const mapAlphas = () => {
  const canvas = document.querySelector('[data-layer="0"][data-head="2"] canvas');
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Array.from(data).filter((_, i) => i % 4 === 3);
};
const nearest = () => document.querySelector("[data-testid=near-legend] li")?.textContent;
const rollLines = () => document.querySelectorAll("[data-testid=roll-line]").length;
const isDrawn = () => document.querySelector("[data-testid=head][aria-selected=true]") !== null;
const pressAll = () => document.querySelector("[data-testid=all]").click();
const isWhole = () =>
  document.querySelector("[data-testid=roll-subject]").textContent === "in the vector of the whole text";

for (const name of ["firefox", "webkit"]) {
  describe(`the attention page in ${name}`, () => {
    let server;
    let browser;
    let expected;
    before(async () => {
      const model = await load(modelFile);
      expected = await model.attention(text);
      model.dispose();
      server = await serve({ "/": folder });
      browser = await engines[name]();
      const hash = new URLSearchParams({ text, layer: 1, head: 5, token: 6 });
      await browser.open(`${server.origin}/attention.html#${hash}`);
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    it("draws the arcs of the token that the address names", async () => {
      await waitFor(browser, nearest);
      assert.deepEqual(await browser.evaluate(tokens), expected.tokens);
      const weights = expected.attention[0][4][5].filter((weight) => weight >= 0.005).sort();
      const drawn = await browser.evaluate(opacities);
      assert.deepEqual(
        drawn,
        Array.from(weights, (weight) => Number(Math.min(1, 0.15 + 0.85 * Math.sqrt(weight)).toFixed(3))),
      );
    });

    it("draws the maps of all heads", async () => {
      await waitFor(browser, isDrawn);
      assert.deepEqual(
        await browser.evaluate(mapAlphas),
        expected.attention[0][2].flatMap((row) => Array.from(row, (weight) => Math.round(255 * Math.sqrt(weight)))),
      );
    });

    it("rolls attention out and finds neighbours", async () => {
      assert.match(await browser.evaluate(nearest), /bank lends money/);
      assert.equal(await browser.evaluate(rollLines), 6);
      await browser.evaluate(pressAll);
      await waitFor(browser, isWhole);
    });

    it("asks no other origin and reports no error", () => {
      const elsewhere = browser.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(`${server.origin}/`));
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(browser.errors, []);
    });
  });
}
