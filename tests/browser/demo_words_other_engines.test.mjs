// The built page of word vectors in Firefox and WebKit; demo_words.test.mjs looks closer, in Chromium.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { loadWordVectors } from "kinvec/words";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines, waitFor } from "./engines.mjs";

const folder = process.env.KINVEC_DEMO_DIR ?? fileURLToPath(new URL("../../demo/dist", import.meta.url));

// Functions that run in the page.
const neighbours = () => {
  const column = document.querySelector('#neighbours [data-rung="fasttext"][data-stage="ready"]');
  return column && Array.from(column.querySelectorAll(".hit-word"), (word) => word.textContent);
};
const answered = () => document.querySelector('#answers [data-rung="fasttext"] .hit-word')?.textContent;
const mapped = () => document.querySelector('[data-testid="word-map"][data-stage="ready"]')?.getAttribute("aria-label");
const senses = () =>
  document.querySelector('[data-testid="senses"][data-stage="ready"]') &&
  Array.from(document.querySelectorAll("#senses-contextual [data-testid=cosine]"), (cell) => Number(cell.textContent));
const train = () => {
  document.querySelector('[name="source"][value="paste"]').click();
  document.getElementById("train-text").value = "tea and milk with sugar\nrain and wind with snow\n".repeat(300);
  document.getElementById("train-start").click();
};
const trained = () => document.querySelector("[data-testid=compare]") !== null;

for (const name of ["firefox", "webkit"]) {
  describe(`the page of word vectors in ${name}`, () => {
    let server;
    let browser;
    let expected;
    before(async () => {
      const file = readdirSync(path.join(folder, "assets")).find((each) => /^fasttext-.*\.gguf$/.test(each));
      const vectors = await loadWordVectors(readFileSync(path.join(folder, "assets", file)));
      expected = vectors.nearest("horse", { topK: 10 }).map(({ word }) => word);
      server = await serve({ "/": folder });
      browser = await engines[name]();
      const hash = new URLSearchParams({ text: "horse", rungs: "counts,fasttext", map: "fasttext" });
      await browser.open(`${server.origin}/words.html#${hash}`);
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });

    it("answers as the package does in Node.js", async () => {
      await waitFor(browser, neighbours);
      assert.deepEqual(await browser.evaluate(neighbours), expected);
      await waitFor(browser, answered);
    });

    it("draws the map, and reads a word in its sentences", async () => {
      await waitFor(browser, mapped);
      assert.match(await browser.evaluate(mapped), /FastText, PCA/);
      await waitFor(browser, senses);
      const cosines = await browser.evaluate(senses);
      assert.equal(cosines.length, 16);
      assert.ok(cosines[1] > cosines[3], "the same sense is more alike");
    });

    it("trains", async () => {
      await browser.evaluate(train);
      await waitFor(browser, trained);
    });

    it("asks no other origin and reports no error", () => {
      const elsewhere = browser.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(`${server.origin}/`));
      assert.deepEqual(elsewhere, []);
      assert.deepEqual(browser.errors, []);
    });
  });
}
