// The demo's tokenizer page as built, in Chromium: what it shows of a text, what it learns, and that it keeps everything to itself.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine
const schemes = ["words", "wordpiece", "bpe", "unigram", "characters", "bytes"];

let server;
let browser;
let page;

const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
const row = (scheme) => page.locator(`[data-testid="scheme"][data-scheme="${scheme}"]`);
const pieces = (scheme) => row(scheme).locator('[data-testid="piece"]');
const labels = (scheme) => pieces(scheme).allTextContents();
const litText = (scheme) => row(scheme).locator(".lit").allTextContents();

/** Opens the page and waits until a text is shown under every scheme. */
async function open() {
  await browser.open(`${server.origin}/tokenizers.html`);
  await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
}

/** Types a text and waits until its last piece is there. */
async function type(text) {
  await byTestId("text").fill(text);
  const bytes = new TextEncoder().encode(text).length;
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-scheme="bytes"] [data-testid="piece"]').length === count,
    bytes,
  );
}

async function train({ source = "catalogue", model, size }) {
  await page.locator(`[name="source"][value="${source}"]`).check();
  await page.locator(`[name="model"][value="${model}"]`).check();
  await byTestId("train-size").fill(String(size));
  await byTestId("train").click();
}

const trainedIs = (model) =>
  page.waitForFunction(
    (name) => document.querySelector('[data-testid="trained"]').textContent.includes(`${name}, from`),
    model,
  );

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

describe("tokenizer page", () => {
  it("is a link away from the first page, and back", async () => {
    await browser.open(server.origin);
    await byTestId("to-tokenizers").click();
    await page.waitForURL("**/tokenizers.html");
    await byTestId("to-search").click();
    await page.waitForURL("**/index.html");
  });

  it("cuts a text by all schemes, and every piece of the text is there", async () => {
    await open();
    const text = "A photographer's software: 3 cats, 12 dogs!";
    await type(text);
    const bare = text.replace(/\s/g, "");
    for (const scheme of schemes) {
      const written = (await labels(scheme)).join("").replace(/\u00b7/g, "");
      assert.equal(written, bare, scheme);
    }
    assert.deepEqual((await labels("characters")).join("").replace(/\u00b7/g, " "), text);
    assert.ok((await pieces("words").count()) < (await pieces("characters").count()));
  });

  it("counts in the chart what it shows in the rows", async () => {
    for (const scheme of schemes) {
      const count = await pieces(scheme).count();
      assert.equal(await row(scheme).locator('[data-testid="count"]').textContent(), String(count));
      const inChart = page.locator(`[data-testid="chart-row"][data-scheme="${scheme}"] [data-testid="chart-tokens"]`);
      assert.equal(await inChart.textContent(), String(count));
    }
  });

  it("lights the same stretch everywhere, and tells what a piece is", async () => {
    await type("unbelievable photographs");
    await pieces("words").nth(1).hover();
    for (const scheme of schemes) {
      assert.equal((await litText(scheme)).join("").replace(/\u00b7/g, ""), "photographs", scheme);
    }
    assert.equal(await byTestId("mark").textContent(), "photographs");
    const told = await byTestId("inspector").textContent();
    assert.match(told, /Offsets13\u201324/);
    assert.match(told, /Id\d+/);
    assert.match(told, /characters 11/i);
    await page.mouse.move(0, 0);
    assert.equal(await byTestId("inspector").isVisible(), false);
    assert.deepEqual(await litText("bytes"), []);
  });

  it("lights what is selected in the text", async () => {
    await byTestId("text").evaluate((area) => {
      area.focus();
      area.setSelectionRange(0, 2);
    });
    await page.waitForFunction(() => document.querySelectorAll('[data-scheme="characters"] .lit').length === 2);
    assert.deepEqual(await litText("bytes"), ["u", "n"]);
  });

  it("can be walked through by keyboard alone", async () => {
    await open();
    await type("unbelievable photographs");
    const focused = () =>
      page.evaluate(() => {
        const piece = document.activeElement;
        return [piece.closest("[data-scheme]").dataset.scheme, piece.textContent];
      });
    await page.locator('[data-testid="special"]').focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.deepEqual(await focused(), ["words", (await labels("words"))[0]]);
    assert.equal(await byTestId("inspector").isVisible(), true);
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await focused(), ["words", "photographs"]);
    await page.keyboard.press("ArrowDown");
    const [scheme, label] = await focused();
    assert.equal(scheme, "wordpiece");
    assert.ok("photographs".startsWith(label));
    await page.keyboard.press("End");
    assert.equal((await focused())[1], (await labels("wordpiece")).at(-1));
    await page.keyboard.press("Escape");
    assert.equal(await byTestId("inspector").isVisible(), false);
  });

  it("writes tokens or ids on the pieces, and special tokens when asked", async () => {
    await type("cats");
    const plain = await pieces("wordpiece").count();
    await page.locator('[name="label"][value="id"]').check();
    for (const label of await labels("wordpiece")) assert.match(label, /^\d+$/);
    await page.locator('[name="label"][value="token"]').check();
    await byTestId("special").check();
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-scheme="wordpiece"] [data-testid="piece"]').length === count,
      plain + 2,
    );
    const tokens = await labels("wordpiece");
    assert.deepEqual([tokens[0], tokens.at(-1)], ["[CLS]", "[SEP]"]);
    await byTestId("special").uncheck();
    await page.locator('[name="label"][value="text"]').check();
  });

  it("shows ids and offsets in a table", async () => {
    await type("two cats");
    await row("bytes").locator('[data-testid="table"]').click();
    const cells = await row("bytes").locator("tbody tr").last().locator("td").allTextContents();
    assert.deepEqual(cells.slice(3, 5), ["7", "8"]);
    assert.equal(cells[6], "s");
    assert.equal(await row("bytes").locator("tbody tr").count(), 8);
  });

  it("shows parts of characters, text from everywhere, and no text", async () => {
    const text = "caf\u00e9 \u4f60\u597d \u{1f468}\u200d\u{1f469}\u200d\u{1f467} \ud83d\n\u0000<script>&amp;";
    await byTestId("text").fill(text);
    await page.waitForFunction(() =>
      document.querySelector('[data-testid="scheme"][data-scheme="bytes"]').textContent.includes("F0"),
    );
    await byTestId("text").fill("");
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="piece"]').length === 0);
  });

  it("answers a long text, and draws its pieces when asked", async () => {
    await byTestId("text").fill("All work and no play. ".repeat(900));
    const more = row("characters").locator(".piece-row > button");
    await more.waitFor();
    await more.click();
    await page.waitForFunction(
      () => document.querySelectorAll('[data-scheme="characters"] [data-testid="piece"]').length === 22 * 900,
    );
    await type("unbelievable photographs");
  });

  it("trains on the catalogue, with progress, and shows what changes", async () => {
    await open();
    await page.evaluate(() => {
      globalThis.progressSeen = [];
      const bar = document.querySelector('[data-testid="train-progress"]');
      new MutationObserver(() => globalThis.progressSeen.push(bar.value)).observe(bar, { attributes: true });
    });
    await train({ model: "bpe", size: 6 });
    await trainedIs("BPE");
    const seen = await page.evaluate(() => globalThis.progressSeen);
    assert.ok(
      seen.some((value) => value > 0 && value < 1),
      `progress: ${seen}`,
    );
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    await row("own").waitFor();
    const after = byTestId("after").locator('[data-testid="piece"]');
    const before = byTestId("before").locator('[data-testid="piece"]');
    // The answer for the typed text comes a moment after the training's own.
    await before.first().waitFor();
    await after.first().waitFor();
    assert.equal(await before.count(), await pieces("bpe").count());
    assert.ok((await after.count()) > (await before.count()), "a smaller vocabulary needs more pieces");
    assert.ok((await byTestId("learned").first().locator("li").count()) > 10);
  });

  it("goes back in the training", async () => {
    const after = byTestId("after").locator('[data-testid="piece"]');
    const whole = await after.count();
    await byTestId("scrubber").fill("0");
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid="after"] [data-testid="piece"]').length > count,
      whole,
    );
    await byTestId("scrubber").fill("1");
    await page.waitForFunction(
      (count) => document.querySelectorAll('[data-testid="after"] [data-testid="piece"]').length === count,
      whole,
    );
  });

  it("hands out what was trained as a tokenizer.json", async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), byTestId("download").click()]);
    assert.equal(file.suggestedFilename(), "tokenizer.json");
    const tokenizer = JSON.parse(readFileSync(await file.path(), "utf8"));
    assert.equal(tokenizer.model.type, "BPE");
    assert.ok(Object.keys(tokenizer.model.vocab).length > 300);
    assert.ok(tokenizer.model.merges.length > 0);
  });

  it("stops a training when told to, and answers meanwhile", async () => {
    // Takes most of a minute, so that it is under way whenever a busy machine comes to stop it.
    const text = Array.from({ length: 400_000 }, (_, i) => `w${(i * 7919) % 99_991}q${(i * 104_729) % 9973}`).join(" ");
    await page.locator('[name="source"][value="paste"]').check();
    await byTestId("train-text").evaluate((area, value) => {
      area.value = value;
    }, text);
    await train({ source: "paste", model: "unigram", size: 20 });
    await byTestId("stop").waitFor();
    await type("typed meanwhile");
    await byTestId("stop").click();
    await page.waitForSelector('[data-testid="train-status"][data-stage="stopped"]');
    assert.equal(await byTestId("train").isVisible(), true);
    assert.equal(await byTestId("train").evaluate((button) => document.activeElement === button), true);
  });

  it("trains every other scheme, on text that is pasted or a file", async () => {
    const text = "hepatocellular carcinoma and hepatocellular adenoma, hepatitis and hepatology\n".repeat(40);
    await page.locator('[name="source"][value="paste"]').check();
    await byTestId("train-text").fill("");
    await byTestId("train").click();
    assert.equal(await byTestId("train-status").textContent(), "Paste some text first.");
    await byTestId("train-text").fill(text);
    await train({ source: "paste", model: "wordpiece", size: 2 });
    await trainedIs("WordPiece");
    await page.locator('[name="source"][value="file"]').check();
    await byTestId("train-file").setInputFiles({ name: "my.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await train({ source: "file", model: "unigram", size: 0 });
    await trainedIs("Unigram");
    await train({ source: "file", model: "words", size: 0 });
    await trainedIs("Words");
    await type("hepatocellular");
    await page.waitForFunction(
      () => document.querySelectorAll('[data-testid="after"] [data-testid="piece"]').length === 1,
    );
  });

  it("works again without a network after the first load", async () => {
    await open();
    await page.waitForSelector('html[data-offline="ready"]');
    await type("photographs");
    const online = await labels("unigram");
    await browser.setOffline(true);
    await server.close();
    await page.reload();
    await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
    await type("photographs");
    assert.deepEqual(await labels("unigram"), online);
    await train({ model: "words", size: 4 });
    await trainedIs("Words");
    await byTestId("to-search").click();
    await byTestId("card").first().waitFor();
    await page.goBack();
    await byTestId("text").waitFor();
    await browser.setOffline(false);
  });

  it("fits a phone and a desktop, light and dark", async () => {
    mkdirSync(screenshots, { recursive: true });
    await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
    for (const [name, width, height] of [
      ["phone", 360, 780],
      ["desktop", 1440, 900],
    ]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} px`);
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))),
        );
        // A picture of the whole page shows what is far below the window as well.
        await page.evaluate(() => {
          for (const row of document.querySelectorAll(".scheme")) row.style.contentVisibility = "visible";
        });
        await page.screenshot({
          path: path.join(screenshots, `tokenizers-${name}-${colorScheme}.png`),
          animations: "disabled",
          fullPage: true,
        });
      }
    }
  });

  it("asked no other origin for anything", () => {
    const own = (url) => url.startsWith(`${server.origin}/`) || url.startsWith(`blob:${server.origin}/`);
    assert.deepEqual(
      browser.requests.filter((url) => /^(https?|blob):/.test(url) && !own(url)),
      [],
    );
  });

  it("wrote no error to the console", () => {
    assert.deepEqual(browser.errors, []);
  });
});
