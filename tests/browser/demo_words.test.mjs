// The demo's page of word vectors as built, in Chromium: that it answers what the package answers in Node.js, says of its samples what
// is so, trains, can be walked through without a mouse, shares its view by address, and keeps everything to itself.

import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "kinvec";
import { loadWordVectors } from "kinvec/words";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const demoFolder = process.env.KINVEC_DEMO_DIR ?? path.join(root, "demo/dist");
const screenshots = path.join(root, "build/screenshots");
const patience = 60_000; // ms, for a busy machine

const learned = ["word2vec", "glove", "fasttext"];
const models = ["static", "contextual"];

let server;
let browser;
let page;
const vectors = {};

const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
const column = (section, rung) => page.locator(`#${section} [data-testid="column"][data-rung="${rung}"]`);
const wordsIn = (section, rung) => column(section, rung).locator(".hit-word").allTextContents();
const addressHas = (part) => page.waitForFunction((text) => decodeURIComponent(location.hash).includes(text), part);

/** The columns show what these words are nearest to. */
const settled = (section, rungs) =>
  page.waitForFunction(
    ([id, keys]) =>
      keys.every((key) =>
        document.querySelector(`#${id} [data-testid="column"][data-rung="${key}"][data-stage="ready"]`),
      ),
    [section, rungs],
  );
const mapIs = (what) => page.waitForSelector(`[data-testid="word-map"][data-stage="ready"][aria-label*="${what}"]`);
const cosines = async () =>
  (await page.locator("#senses-contextual td[data-testid=cosine]").allTextContents()).map(Number);
const sensesAre = (what) => page.waitForSelector(`[data-testid="senses"][data-stage="${what}"]`);

/** Opens the page anew, and waits until words are shown. */
async function open(parameters) {
  const hash = parameters ? `#${new URLSearchParams(parameters)}` : "";
  await browser.open("about:blank");
  await browser.open(`${server.origin}/words.html${hash}`);
  await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
}

/** Types a text, and waits until the column shows another list. */
async function type(text, rung) {
  const before = await column("neighbours", rung).textContent();
  await byTestId("text").fill(text);
  await page.waitForFunction(
    ([key, shown]) =>
      document.querySelector(`#neighbours [data-testid="column"][data-rung="${key}"]`).textContent !== shown,
    [rung, before],
  );
}

/** Words of two worlds that never meet. */
function linesOfTwoWorlds(count) {
  const lines = ["apple pear plum cherry", "hammer wrench pliers chisel"].map((line) => `${line} `.repeat(8).trim());
  return Array.from({ length: count }, (_, i) => lines[i % 2]).join("\n");
}

before(async () => {
  const assets = path.join(demoFolder, "assets");
  for (const name of [...learned, ...models]) {
    const file = readdirSync(assets).find((each) => each.startsWith(`${name}-`) && each.endsWith(".gguf"));
    vectors[name] = await loadWordVectors(readFileSync(path.join(assets, file)));
  }
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

describe("page of word vectors", () => {
  it("is a link away from the other pages", async () => {
    for (const from of ["index.html", "tokenizers.html", "attention.html"]) {
      await browser.open(`${server.origin}/${from}`);
      await byTestId("to-words").click();
      await page.waitForURL("**/words.html*");
      assert.equal(await page.locator('.pages [aria-current="page"]').textContent(), "Words");
    }
  });

  it("answers what the package answers in Node.js, rung by rung", async () => {
    await open({ text: "wine", rungs: [...learned, ...models].join(",") });
    await settled("neighbours", [...learned, ...models]);
    for (const rung of [...learned, ...models]) {
      const expected = vectors[rung].nearest("wine", { topK: 10 });
      assert.deepEqual(
        await wordsIn("neighbours", rung),
        expected.map(({ word }) => word),
      );
      assert.deepEqual(
        await column("neighbours", rung).locator(".hit-score").allTextContents(),
        expected.map(({ score }) => score.toFixed(2)),
      );
    }
  });

  it("counts words without having learned anything", async () => {
    await open({ text: "river", rungs: "counts,word2vec" });
    await settled("neighbours", ["counts"]);
    const words = await wordsIn("neighbours", "counts");
    assert.equal(words.length, 10);
    assert.ok(words.includes("tributary"), words.join());
  });

  it("says which words have no vector, and makes one of pieces where it can", async () => {
    await open({ text: "violinst", rungs: "word2vec,fasttext,contextual" });
    await settled("neighbours", ["word2vec", "fasttext", "contextual"]);
    assert.match(await column("neighbours", "word2vec").textContent(), /\u201cviolinst\u201d has no vector here/);
    assert.match(await column("neighbours", "fasttext").textContent(), /never seen; the vector comes from its pieces/);
    for (const rung of ["fasttext", "contextual"]) assert.equal((await wordsIn("neighbours", rung))[0], "violin");
    await type("the violinst and the piano", "word2vec");
    assert.match(await column("neighbours", "word2vec").textContent(), /Without \u201cviolinst\u201d/);
  });

  it("shows that only the language model reads the order of words", async () => {
    await open({ text: "dog bites man", rungs: "word2vec,static,contextual" });
    await settled("neighbours", ["word2vec", "static", "contextual"]);
    const shown = (rung) => column("neighbours", rung).textContent();
    const first = await Promise.all(["word2vec", "static", "contextual"].map(shown));
    await byTestId("sample").filter({ hasText: "man bites dog" }).click();
    await page.waitForFunction(
      (text) => document.querySelector('#neighbours [data-rung="contextual"]').textContent !== text,
      first[2],
    );
    assert.deepEqual(await Promise.all(["word2vec", "static"].map(shown)), first.slice(0, 2));
  });

  it("walks on by a press or by the keyboard, and keeps the way in the address", async () => {
    await open({ text: "king", rungs: "word2vec,static" });
    await settled("neighbours", ["word2vec", "static"]);
    const [nearest] = await wordsIn("neighbours", "static");
    await column("neighbours", "static").locator("button").first().click();
    assert.equal(await byTestId("text").inputValue(), nearest);
    await addressHas(`text=${nearest}`);
    await column("neighbours", "word2vec").locator("button").first().focus();
    const word = await page.evaluate(() => document.activeElement.querySelector(".hit-word").textContent);
    await page.keyboard.press("Enter");
    assert.equal(await byTestId("text").inputValue(), word);
    await addressHas(`text=${word}`);
    await page.reload();
    await settled("neighbours", ["word2vec", "static"]);
    assert.equal(await byTestId("text").inputValue(), word);
    assert.equal(await byTestId("rung-static").isChecked(), true);
    assert.equal(await byTestId("rung-contextual").isChecked(), false);
  });

  it("always has a rung", async () => {
    await byTestId("rung-static").uncheck();
    await byTestId("rung-word2vec").click();
    assert.equal(await byTestId("rung-word2vec").isChecked(), true);
    assert.equal(await page.locator("#neighbours [data-testid=column]").count(), 1);
  });

  it("says of its analogies what is so", async () => {
    const best = (rung, [a, b, c]) => vectors[rung].analogy({ positive: [b, c], negative: [a], topK: 1 })[0].word;
    await open({ rungs: [...learned, ...models].join(",") });
    const hoped = ["queen", "princess", "german", "worse", "had", "berlin", "second"];
    for (const [i, answer] of hoped.entries()) {
      await byTestId("analogy-sample").nth(i).click();
      const words = await Promise.all(["a", "b", "c"].map((name) => byTestId(`analogy-${name}`).inputValue()));
      const right = [...learned, ...models].filter((rung) => best(rung, words) === answer);
      const hint = await byTestId("analogy-hint").textContent();
      if (answer === "berlin") {
        assert.deepEqual(right, models);
        assert.match(hint, /^Fails on the rungs that learned from this page/);
      } else if (answer === "second") {
        assert.deepEqual(right, []);
        assert.match(hint, /^No rung has it first/);
      } else {
        assert.ok(right.includes("word2vec") && right.includes("contextual"), `${words}: ${right}`);
        assert.equal(hint, "");
      }
    }
  });

  it("marks the answer one hopes for", async () => {
    await open({ rungs: "word2vec,contextual" });
    await settled("answers", ["word2vec", "contextual"]);
    for (const rung of ["word2vec", "contextual"]) {
      assert.equal(await column("answers", rung).locator(".hoped .hit-word").textContent(), "queen");
    }
    await byTestId("analogy-c").fill("qqq");
    await page.waitForFunction(() =>
      document.querySelector("#answers [data-rung=word2vec]").textContent.includes("qqq"),
    );
    assert.deepEqual(await wordsIn("answers", "word2vec"), []);
    assert.ok((await wordsIn("answers", "contextual")).length > 0, "a model reads every word");
  });

  it("maps words by PCA and by UMAP, on any rung", async () => {
    await open({ map: "word2vec" });
    await mapIs("Word2Vec, PCA");
    assert.match(await byTestId("map-note").textContent(), /^3\d\d words .* hold \d+\u00a0% of how/);
    await byTestId("layout-umap").check();
    await mapIs("Word2Vec, UMAP");
    await byTestId("map-rung").selectOption("counts");
    await mapIs("Counts, UMAP");
    await addressHas("map=counts&layout=umap");
    const colours = await page.evaluate(() => {
      const canvas = document.querySelector("[data-testid=word-map] canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4)
        if (data[i + 3] > 200) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      return seen.size;
    });
    assert.ok(colours > 8, `${colours} colours are drawn`);
  });

  it("lets one walk the map with the keyboard", async () => {
    await byTestId("word-map").focus();
    for (const key of ["ArrowRight", "ArrowUp", "+"]) await page.keyboard.press(key);
    await page.waitForFunction(() => /^\w+$/.test(document.getElementById("announcer").textContent));
    const word = await byTestId("announcer").textContent();
    await page.keyboard.press("Enter");
    assert.equal(await byTestId("text").inputValue(), word);
  });

  it("tells senses of a word apart where, and only where, the sentence is read", async () => {
    await open();
    await sensesAre("ready");
    const mean = (all, pairs) => pairs.reduce((sum, [i, j]) => sum + all[4 * i + j], 0) / pairs.length;
    const same = [
      [0, 1],
      [2, 3],
    ];
    const others = [0, 1].flatMap((i) => [2, 3].map((j) => [i, j]));
    for (let sample = 0; sample < 3; sample++) {
      const before = await page.locator("#senses-contextual").textContent();
      await byTestId("senses-sample").nth(sample).click();
      if (sample > 0) {
        await page.waitForFunction((text) => document.getElementById("senses-contextual").textContent !== text, before);
      }
      const all = await cosines();
      assert.ok(mean(all, same) > mean(all, others) + 0.05, all.join(" "));
      const fixed = await page.locator("#senses-fixed td[data-testid=cosine]").allTextContents();
      assert.ok(fixed.every((text) => text === "1.00"));
    }
    await byTestId("senses-layer").fill("0");
    const start = await cosines();
    assert.ok(mean(start, others) > 0.9, "before the first layer there is but the place in the sentence");
  });

  it("shows the states of model.attention in Node.js", async () => {
    const model = await load(path.join(root, "models/all-MiniLM-L6-v2.q8.gguf"));
    const states = [];
    const sentences = ["the river bank", "money in the bank"];
    for (const sentence of sentences) {
      const { tokens, hiddenStates } = await model.attention(sentence, { hiddenStates: true });
      states.push(hiddenStates.at(-1)[tokens.indexOf("bank")]);
    }
    model.dispose();
    const dot = (a, b) => a.reduce((sum, value, d) => sum + value * b[d], 0);
    const [a, b] = states;
    const expected = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    await open([["word", "bank"], ...sentences.map((sentence) => ["sentence", sentence])]);
    await sensesAre("ready");
    assert.equal((await cosines())[1], Number(expected.toFixed(2)));
  });

  it("says where the word is absent; sentences come and go", async () => {
    await byTestId("sentence").nth(1).fill("nothing of the kind");
    await page.waitForFunction(() =>
      document.getElementById("senses-note").textContent.includes("does not stand in B"),
    );
    assert.ok(Number.isNaN((await cosines())[1]));
    await byTestId("senses-add").click();
    assert.equal(await byTestId("sentence").count(), 3);
    await page.keyboard.type("the bank again");
    await page.waitForFunction(() => document.querySelectorAll("#senses-contextual tbody tr").length === 3);
    await page.getByLabel("Leave out sentence B").click();
    await page.waitForFunction(() => document.querySelectorAll("#senses-contextual tbody tr").length === 2);
    await page.waitForFunction(() => document.getElementById("senses-note").textContent === "");
  });

  it("trains on pasted text, and what comes of it can be compared", async () => {
    await open({ text: "apple", rungs: "word2vec" });
    await page.locator('[name="source"][value="paste"]').check();
    await byTestId("train").click();
    assert.equal(await byTestId("train-status").textContent(), "Paste some text first.");
    await byTestId("train-text").fill(linesOfTwoWorlds(300));
    await byTestId("train-epochs").fill("30");
    await byTestId("train").click();
    await byTestId("compare").click();
    await settled("neighbours", ["own"]);
    assert.deepEqual((await wordsIn("neighbours", "own")).slice(0, 3).sort(), ["cherry", "pear", "plum"]);
    await mapIs("Yours");
  });

  it("trains on a file; pauses, goes on, and stops with what there is", async () => {
    const progress = () => byTestId("train-progress").evaluate((bar) => bar.value);
    await page.locator('[name="source"][value="file"]').check();
    const buffer = Buffer.from(linesOfTwoWorlds(20_000));
    await byTestId("train-file").setInputFiles({ name: "worlds.txt", mimeType: "text/plain", buffer });
    await byTestId("train").click();
    await page.waitForFunction(() => document.getElementById("train-progress").value > 0.12);
    await byTestId("pause").click();
    await page.waitForSelector('[data-testid="train-status"][data-stage="paused"]');
    await page.waitForTimeout(300); // a look that was under way
    const paused = await progress();
    await page.waitForTimeout(500);
    assert.equal(await progress(), paused);
    await byTestId("pause").click();
    await page.waitForFunction((value) => document.getElementById("train-progress").value > value, paused);
    await byTestId("stop").click();
    await byTestId("compare").waitFor();
    assert.ok((await progress()) < 1, "it did not run to its end");
  });

  it("trains on the page's own text to the end, and shows the loss fall", async () => {
    await open({ text: "river", rungs: "word2vec" });
    await byTestId("train-epochs").fill("1");
    await byTestId("train-dimensions").fill("20");
    await byTestId("train").click();
    await byTestId("compare").waitFor();
    const [, first, last] = /from ([\d.]+) to ([\d.]+)/.exec(await byTestId("loss-chart").getAttribute("aria-label"));
    assert.ok(Number(last) < 0.9 * Number(first), `${first} to ${last}`);
    assert.match(await byTestId("train-result").textContent(), /20 numbers each, from [\d,]+ lines/);
    assert.ok(Number((await byTestId("train-words").textContent()).replace(",", "")) > 200);
  });

  it("brings along the licence of the texts", async () => {
    await open();
    const licence = await page.request.get(new URL(await byTestId("licence").getAttribute("href"), page.url()).href);
    assert.match(await licence.text(), /Princeton University/);
  });

  it("works again without a network after the first load", async () => {
    await open({ text: "tea", rungs: "counts,word2vec,static,contextual" });
    await page.waitForSelector('html[data-offline="ready"]');
    await settled("neighbours", ["counts", "word2vec", "static", "contextual"]);
    await sensesAre("ready");
    const online = await column("neighbours", "static").textContent();
    await browser.setOffline(true);
    await server.close();
    await page.reload();
    await settled("neighbours", ["counts", "word2vec", "static", "contextual"]);
    assert.equal(await column("neighbours", "static").textContent(), online);
    await sensesAre("ready");
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
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} px`);
        await page.screenshot({
          path: path.join(screenshots, `words-${name}-${colorScheme}.png`),
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
