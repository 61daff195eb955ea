// The demo's attention page as built, in Chromium: that it shows the weights of model.attention, can be walked through without a
// mouse, shares its view by address, and keeps everything to itself.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "kinvec";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine
const captain = "The captain saved the pirate because he was kind.";

let server;
let browser;
let page;
let model;

const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
const tokens = () => byTestId("token").allTextContents();
const chosen = () => page.locator('[data-testid="token"][aria-selected="true"]').allTextContents();
const headTitle = () => byTestId("head-title").textContent();
const head = (layer, number) => page.locator(`[data-layer="${layer - 1}"][data-head="${number - 1}"]`);
const hashOf = (parameters) => `#${new URLSearchParams(parameters)}`;
const addressHas = (part) => page.waitForFunction((text) => location.hash.includes(text), part);

/** Opens the page anew, and waits until a text is shown; the maps are drawn last. */
async function open(parameters) {
  await browser.open("about:blank");
  await browser.open(`${server.origin}/attention.html${parameters ? hashOf(parameters) : ""}`);
  await byTestId("head").and(page.locator('[aria-selected="true"]')).waitFor();
}

/** Types a text and waits until the last of its tokens, [SEP], follows this one. */
async function type(text, lastToken) {
  await byTestId("text").fill(text);
  await page.waitForFunction(
    (last) => Array.from(document.querySelectorAll('[data-testid="token"]')).at(-2)?.textContent === last,
    lastToken,
  );
}

async function downloaded(button) {
  const [file] = await Promise.all([page.waitForEvent("download"), byTestId(button).click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

before(async () => {
  model = await load(path.join(root, "models/all-MiniLM-L6-v2.q8.gguf"));
  server = await serve({ "/": demoFolder });
  browser = await launch();
  page = browser.page;
  page.setDefaultTimeout(patience);
  await page.setViewportSize({ width: 1280, height: 900 });
});
after(async () => {
  await browser?.close();
  await server?.close();
  model?.dispose();
});

describe("attention page", () => {
  it("is a link away from the other pages", async () => {
    for (const [from, link, to] of [
      ["index.html", "to-attention", "attention.html"],
      ["attention.html", "to-tokenizers", "tokenizers.html"],
      ["attention.html", "to-words", "words.html"],
      ["words.html", "to-attention", "attention.html"],
      ["tokenizers.html", "to-attention", "attention.html"],
      ["attention.html", "to-search", "index.html"],
    ]) {
      await browser.open(`${server.origin}/${from}`);
      await byTestId(link).click();
      await page.waitForURL(`**/${to}*`);
      assert.equal(await page.locator('.pages [aria-current="page"]').count(), 1);
    }
  });

  it("begins with the captain and the pirate", async () => {
    await open();
    assert.match(
      await byTestId("text").inputValue(),
      /^The captain, .* save the pirate because he was touched by his tale/,
    );
    assert.equal(await headTitle(), "Layer 4, head 2");
    assert.deepEqual(await chosen(), ["he"]);
    await byTestId("sample").filter({ hasText: /^his$/ }).click();
    assert.deepEqual(await chosen(), ["his"]);
    await byTestId("sample").filter({ hasText: "drowning" }).click();
    await byTestId("token").filter({ hasText: "drowning" }).waitFor();
    assert.deepEqual(await chosen(), ["he"]);
    assert.equal(await byTestId("sample").and(page.locator('[aria-pressed="true"]')).textContent(), "drowning");
  });

  it("says of its sentences what the model does", async () => {
    const weight = async (text, from, to) => {
      const { attention, tokens: names } = await model.attention(text);
      return attention[3][1][names.lastIndexOf(from)][names.indexOf(to)];
    };
    await open();
    const tale = await byTestId("text").inputValue();
    const ratio = (await weight(tale, "his", "pirate")) / (await weight(tale, "his", "captain"));
    assert.ok(ratio > 3.5 && ratio < 4, "nearly four times as much");
    assert.ok((await weight(tale, "he", "captain")) > (await weight(tale, "he", "pirate")));
    const drowning =
      (await weight(captain.replace("kind", "drowning"), "he", "captain")) / (await weight(captain, "he", "captain"));
    assert.ok(drowning > 0.45 && drowning < 0.55, "half as much");
    const animal = "The animal did not cross the street because it was too tired.";
    assert.ok(Math.abs((await weight(animal, "it", "animal")) - 2 / 3) < 0.05, "two thirds");
    assert.ok(Math.abs((await weight(animal.replace("tired", "wide"), "it", "animal")) - 1 / 3) < 0.05, "one third");
  });

  it("shows the weights of model.attention in Node, bit for bit", async () => {
    for (const [text, layer, number] of [
      [captain, 4, 2],
      ["Tea \u2014 \u8336 and na\u00efvet\u00e9 \u{1f375} [SEP] unbelievably", 6, 12],
    ]) {
      const expected = await model.attention(text);
      await open({ text, layer, head: number });
      assert.deepEqual(await tokens(), expected.tokens);
      const { name, bytes } = await downloaded("save-numbers");
      assert.equal(name, `attention-layer-${layer}-head-${number}.json`);
      const saved = JSON.parse(bytes.toString());
      assert.equal(saved.text, text);
      assert.deepEqual(saved.tokens, expected.tokens);
      assert.deepEqual(
        saved.weights,
        expected.attention[layer - 1][number - 1].map((row) => Array.from(row)),
      );
    }
  });

  it("writes them in the table, and draws an arc for each", async () => {
    await open({ text: captain, layer: 4, head: 2, token: 8 });
    const { attention, tokens: names } = await model.attention(captain);
    const weights = attention[3][1][7];
    const order = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a]);
    await byTestId("weights").locator("summary").click();
    const rows = byTestId("weights-table").locator("tbody tr");
    await rows.nth(names.length - 1).waitFor();
    assert.equal(await rows.count(), names.length);
    for (const [i, to] of order.slice(0, 4).entries()) {
      const [token, place, weight] = await rows.nth(i).locator("td").allTextContents();
      assert.deepEqual([token, place], [names[to], String(to + 1)]);
      assert.equal(weight, `${Math.round(100 * weights[to])}\u00a0%`);
    }
    const drawn = weights.filter((weight) => weight >= 0.005).length;
    assert.equal(await byTestId("arcs").locator("path").count(), drawn);
    const heaviest = byTestId("targets").locator("[data-token]").nth(order[0]);
    assert.match(await heaviest.textContent(), new RegExp(`${Math.round(100 * weights[order[0]])}\\s%`));
  });

  it("leaves special tokens out when asked", async () => {
    await byTestId("special").uncheck();
    const paths = byTestId("arcs").locator("path");
    const { attention } = await model.attention(captain);
    const own = attention[3][1][7].slice(1, -1);
    assert.equal(await paths.count(), own.filter((weight) => weight >= 0.005).length);
    await byTestId("special").check();
  });

  it("shows the arcs of what the pointer is at", async () => {
    await open({ text: captain, layer: 1, head: 1 });
    assert.deepEqual(await chosen(), []);
    const paths = byTestId("arcs").locator("path");
    const { attention } = await model.attention(captain);
    const flat = attention[0][0].flatMap((row) => Array.from(row));
    assert.equal(await paths.count(), flat.filter((weight) => weight >= 0.04).length);
    await byTestId("targets").locator("[data-token]").nth(2).hover();
    assert.equal(await paths.count(), attention[0][0].filter((row) => row[2] >= 0.005).length);
    await page.mouse.move(0, 0);
    assert.equal(await paths.count(), flat.filter((weight) => weight >= 0.04).length);
  });

  it("can be walked through by keyboard alone, and says what is on view", async () => {
    await open({ text: captain, layer: 4, head: 2 });
    await byTestId("special").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await chosen(), ["the"]);
    await page.keyboard.press("ArrowDown");
    assert.deepEqual(await chosen(), ["captain"]);
    await page.keyboard.press("End");
    assert.deepEqual(await chosen(), ["[SEP]"]);
    await page.keyboard.press("Home");
    assert.deepEqual(await chosen(), ["[CLS]"]);
    await page.keyboard.press("ArrowRight");
    assert.equal(await headTitle(), "Layer 4, head 3");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await headTitle(), "Layer 4, head 2");
    await page.keyboard.press("Escape");
    assert.deepEqual(await chosen(), []);
    await head(4, 2).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowUp");
    assert.equal(await headTitle(), "Layer 3, head 3");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowLeft"); // there is nothing to the left
    assert.equal(await headTitle(), "Layer 3, head 1");
    await page.waitForFunction(() => document.getElementById("announcer").textContent.startsWith("Layer 3, head 1"));
    const label = await head(3, 1).getAttribute("aria-label");
    assert.match(label, /^Layer 3, head 1, (mostly )?looks at /);
  });

  it("goes through all heads by two buttons", async () => {
    await open({ text: captain, layer: 1, head: 12 });
    await byTestId("next-head").click();
    assert.equal(await headTitle(), "Layer 2, head 1");
    await byTestId("previous-head").click();
    await head(1, 1).click();
    await byTestId("previous-head").click();
    assert.equal(await headTitle(), "Layer 6, head 12");
    assert.equal(await head(6, 12).getAttribute("aria-selected"), "true");
  });

  it("has a map of every head", async () => {
    assert.equal(await byTestId("head").count(), 6 * 12);
    const { attention } = await model.attention(captain);
    // Head 3 of layer 1 looks at the token before: its map has the weights' square roots as opacity.
    const alphas = await head(1, 3)
      .locator("canvas")
      .evaluate((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return Array.from(data).filter((_, i) => i % 4 === 3);
      });
    const expected = attention[0][2].flatMap((row) => Array.from(row, (weight) => Math.round(255 * Math.sqrt(weight))));
    assert.deepEqual(alphas, expected);
    assert.match(await head(1, 3).getAttribute("aria-label"), /the token before/);
  });

  it("rolls attention out, for a token and for the whole text", async () => {
    await open({ text: captain, layer: 4, head: 2, token: 8 });
    const shares = async () => {
      const lines = await byTestId("roll-line").all();
      return Promise.all(
        lines.map(async (line) =>
          (await line.locator(".roll-token").evaluateAll((all) => all.map(({ title }) => title))).map(
            Number.parseFloat,
          ),
        ),
      );
    };
    const ofToken = await shares();
    assert.equal(ofToken.length, 6);
    // After one layer half of a token is itself, besides what its heads saw of it.
    const { attention } = await model.attention(captain);
    const itself = attention[0].reduce((sum, rows) => sum + rows[7][7] / 12, 0);
    assert.equal(ofToken[0][7], Math.round(100 * (0.5 + 0.5 * itself)));
    for (const line of ofToken) assert.ok(Math.abs(line.reduce((a, b) => a + b) - 100) < line.length);
    await byTestId("all").click();
    await byTestId("roll-subject").filter({ hasText: "in the vector of the whole text" }).waitFor();
    assert.notDeepEqual(await shares(), ofToken);
  });

  it("shows a bank among the banks of its kind", async () => {
    const nearest = async (text, token) => {
      await open({ text, layer: 1, head: 5, token });
      const first = byTestId("near-legend").locator("li").first();
      await first.waitFor();
      return first.textContent();
    };
    assert.match(await nearest("She went to the bank and opened an account.", 6), /bank lends money/);
    assert.match(await nearest("She sat on the bank of the river and fished.", 6), /grassy bank/);
    assert.equal(await byTestId("near-table").locator("tbody tr").count(), 5);
    assert.equal(await byTestId("near-table").locator("thead th").count(), 1 + 7);
    const start = await byTestId("near-table").locator("tbody tr").first().locator("td").first().textContent();
    assert.match(start, /bank0\.9\d/);
  });

  it("keeps sentence, head and token in the address", async () => {
    await open({ text: captain, layer: 2, head: 7, token: 3 });
    assert.equal(await headTitle(), "Layer 2, head 7");
    assert.deepEqual(await chosen(), ["captain"]);
    await head(5, 9).click();
    await addressHas("layer=5&head=9&token=3");
    await byTestId("token").nth(6).click();
    await addressHas("token=7");
    await type("A short text", "text");
    await addressHas("text=A+short+text&layer=5&head=9");
    await page.reload();
    await byTestId("token").nth(4).waitFor();
    assert.deepEqual(await tokens(), ["[CLS]", "a", "short", "text", "[SEP]"]);
    assert.equal(await headTitle(), "Layer 5, head 9");
    // As somebody would who edits the address, or follows a link in a text.
    await page.evaluate(
      (hash) => location.assign(hash),
      hashOf({ text: "Another text", layer: 99, head: 99, token: 99 }),
    );
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="token"]')[1]?.textContent === "another");
    assert.equal(await headTitle(), "Layer 6, head 12");
    assert.deepEqual(await chosen(), []);
  });

  it("hands out the arcs as a picture", async () => {
    await open({ text: '<b>Tea & "milk"</b>', layer: 1, head: 1 });
    const svg = await downloaded("save-svg");
    assert.equal(svg.name, "attention-layer-1-head-1.svg");
    const drawn = await page.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, "image/svg+xml");
      const count = (name) => picture.getElementsByTagName(name).length;
      return { errors: count("parsererror"), arcs: count("path"), texts: count("text") };
    }, svg.bytes.toString());
    const arcs = await byTestId("arcs").locator("path").count();
    assert.deepEqual(drawn, { errors: 0, arcs, texts: 2 + 2 * (await tokens()).length });
    const png = await downloaded("save-png");
    assert.equal(png.name, "attention-layer-1-head-1.png");
    assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
    assert.equal(png.bytes.readUInt32BE(16), 2 * 720, "width, twice as dense as the drawing");
  });

  it("keeps the chosen word while the text around it changes", async () => {
    await open({ text: captain, layer: 4, head: 2, token: 8 });
    await type("Once the old captain saved the pirate because he was kind", "kind");
    assert.deepEqual(await chosen(), ["he"]);
    await byTestId("text").pressSequentially(" and she was tired", { delay: 20 });
    await type(`${await byTestId("text").inputValue()} of it`, "it");
    assert.deepEqual(await chosen(), ["he"]);
    await type("The captain slept", "slept");
    assert.deepEqual(await chosen(), []);
  });

  it("answers no text, and any text", async () => {
    await type("cats", "cats");
    await byTestId("text").fill("");
    await page.waitForFunction(() => document.querySelectorAll('[data-testid="token"]').length === 2);
    await type("\ud83d \u0000 <script>&amp;", ";");
  });

  it("reads a text longer than the model's limit, draws its beginning, and says so", async () => {
    await byTestId("text").fill("The captain and the pirate. ".repeat(170));
    await page.waitForFunction(() =>
      document.querySelector('[data-testid="status"]').textContent.startsWith("256 tokens"),
    );
    assert.equal(await byTestId("token").count(), 80);
    const note = await byTestId("arcs-note").textContent();
    assert.match(note, /read 256 tokens; the first 80 are drawn/);
    assert.match(note, /the rest was cut/);
    await byTestId("token").nth(79).click();
    await byTestId("near-legend").locator("li").first().waitFor();
  });

  it("works again without a network after the first load", async () => {
    await open({ text: captain, layer: 4, head: 2 });
    await page.waitForSelector('html[data-offline="ready"]');
    await browser.setOffline(true);
    await server.close();
    await page.reload();
    await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
    await type("read without a network", "network");
    await byTestId("to-tokenizers").click();
    await page.waitForURL("**/tokenizers.html");
    await page.goBack();
    await byTestId("text").waitFor();
    await browser.setOffline(false);
  });

  it("fits a phone and a desktop, light and dark", async () => {
    mkdirSync(screenshots, { recursive: true });
    await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
    await byTestId("sample").last().click();
    await page.waitForFunction(() => document.getElementById("near-subject").textContent.includes("bank"));
    await byTestId("near-legend").locator("li").first().waitFor();
    for (const [name, width, height] of [
      ["phone", 390, 844],
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
        await page.screenshot({
          path: path.join(screenshots, `attention-${name}-${colorScheme}.png`),
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
    assert.ok(browser.requests.length > 10);
  });

  it("wrote no error to the console", () => {
    assert.deepEqual(browser.errors, []);
  });
});
