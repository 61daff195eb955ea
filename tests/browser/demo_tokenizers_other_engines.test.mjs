// The built tokenizer page in Firefox and WebKit; demo_tokenizers.test.mjs looks closer, in Chromium.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines, waitFor } from "./engines.mjs";

const folder = process.env.KINVEC_DEMO_DIR ?? fileURLToPath(new URL("../../demo/dist", import.meta.url));

// Functions that run in the page.
const isReady = () => document.querySelector("[data-testid=status]").dataset.stage === "ready";
const type = (text) => {
  const area = document.querySelector("[data-testid=text]");
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
};
const hasBytes = (count) => document.querySelectorAll("[data-scheme=bytes] [data-testid=piece]").length === count;
const labelsOfRows = () =>
  Array.from(document.querySelectorAll("[data-testid=scheme]"), (row) => [
    row.dataset.scheme,
    Array.from(row.querySelectorAll("[data-testid=piece]"), (piece) => piece.textContent),
  ]);
const litAfterFocus = (scheme, index) => {
  document.querySelectorAll(`[data-scheme=${scheme}] [data-testid=piece]`)[index].focus();
  return Array.from(document.querySelectorAll("[data-testid=scheme]"), (row) =>
    Array.from(row.querySelectorAll(".lit"), (piece) => piece.textContent)
      .join("")
      .replaceAll("\u00b7", ""),
  );
};
const train = (model) => {
  document.querySelector(`[name=model][value=${model}]`).click();
  const size = document.querySelector("[data-testid=train-size]");
  size.value = "4";
  size.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("[data-testid=train]").click();
};
const trainedText = () => {
  const trained = document.querySelector("[data-testid=trained]");
  return trained.dataset.stage === "trained" && trained.textContent;
};

for (const name of ["firefox", "webkit"]) {
  describe(`the tokenizer page in ${name}`, () => {
    let server;
    let browser;
    before(async () => {
      server = await serve({ "/": folder });
      browser = await engines[name]();
      await browser.open(`${server.origin}/tokenizers.html`);
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    it("cuts a text by all schemes", async () => {
      await waitFor(browser, isReady);
      await browser.evaluate(type, "unbelievable photographs");
      await waitFor(browser, hasBytes, 24);
      const rows = Object.fromEntries(await browser.evaluate(labelsOfRows));
      assert.deepEqual(Object.keys(rows), ["words", "wordpiece", "bpe", "unigram", "characters", "bytes"]);
      for (const [scheme, labels] of Object.entries(rows)) {
        assert.equal(labels.join("").replaceAll("\u00b7", ""), "unbelievablephotographs", scheme);
      }
    });

    it("lights the same stretch everywhere", async () => {
      assert.deepEqual([...new Set(await browser.evaluate(litAfterFocus, "words", 1))], ["photographs"]);
    });

    it("trains in the page", async () => {
      await browser.evaluate(train, "bpe");
      assert.match(await waitFor(browser, trainedText), /BPE, from/);
    });

    it("asks no other origin and reports no error", () => {
      const elsewhere = browser.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(`${server.origin}/`));
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(browser.errors, []);
    });
  });
}
