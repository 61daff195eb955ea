// What the demo's first page learns of a person and how it shows it, in Chromium: the beginning, the map, the dial, comparisons,
// and reasons.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { launch } from "./chromium.mjs";
import {
  assertQuiet,
  browser,
  byTestId,
  events,
  listAfter,
  listedIds,
  open,
  page,
  pick,
  screenshots,
  search,
  server,
  settled,
  title,
} from "./demo_first_page.mjs";

const interests = () => byTestId("interest").locator(".interest-name").allTextContents();

/** Of the map as it is drawn; runs in the page. */
const mapHash = () => {
  const canvas = document.querySelector('[data-testid="map"] canvas');
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((hash, value) => (Math.imul(hash, 31) + value) | 0, 7);
};

const toNumber = (text) => Number(text.replace("\u2212", "-"));

describe("beginning", () => {
  it("offers a newcomer twelve programs, and the list follows each pick", async () => {
    await open();
    assert.equal(await byTestId("starter").count(), 12);
    assert.equal(await title(), "To begin with");
    const first = await listAfter(() => pick(0));
    assert.equal(await title(), "For you");
    const second = await listAfter(() => pick(5));
    assert.notDeepEqual(second, first);
    assert.deepEqual(await listAfter(() => pick(5)), first, "a second press takes the pick back");
  });

  it("makes room once the person is done, and greets nobody twice", async () => {
    await byTestId("onboarding-done").click();
    assert.equal(await byTestId("onboarding").isVisible(), false);
    assert.equal(await byTestId("liked").count(), 1);
    await page.reload();
    await settled();
    assert.equal(await byTestId("onboarding").isVisible(), false);
  });

  it("understands a sentence", async () => {
    await open();
    const before = await listedIds();
    await byTestId("sentence").fill("I look at planets and galaxies with my telescope");
    await byTestId("sentence").press("Enter");
    await byTestId("interest").waitFor();
    await settled();
    assert.notDeepEqual(await listedIds(), before);
    const summaries = await page.locator(".card-summary").allTextContents();
    assert.match(summaries.slice(0, 4).join("\n"), /astronom|planet|sky|star|telescope/i);
    const [{ kind, text }] = await events();
    assert.deepEqual([kind, text], ["describe", "I look at planets and galaxies with my telescope"]);
    assert.match(await byTestId("because").first().textContent(), /Because you said/);
  });
});

describe("reasons", () => {
  it("shows how the score of a card is made up, to the last digit", async () => {
    await open();
    await pick(0, 3, 7);
    await byTestId("onboarding-done").click();
    await settled();
    const reason = await byTestId("because").first().locator("strong").textContent();
    await page.locator(".card-link").first().click();
    await byTestId("why").waitFor();
    const rows = await byTestId("why-share").allTextContents();
    const numbers = (await byTestId("why-share").locator(".why-number").allTextContents()).map(toNumber);
    const score = toNumber(await byTestId("why-score").textContent());
    const sum = numbers.reduce((all, each) => all + each, 0);
    assert.ok(Math.abs(sum - score) <= 0.0005 * (numbers.length + 1), `${sum} is not ${score}`);
    assert.ok(rows[0].includes(reason), `${rows[0]} is not about ${reason}`);
    assert.equal(rows.length, 4, "one for each like, and one for how well known it is");
    await page.keyboard.press("Escape");
  });

  it("notes an opened program as such, for the person to see", async () => {
    assert.deepEqual(
      (await events()).map(({ kind }) => kind),
      ["like", "like", "like", "click"],
    );
  });
});

describe("map", () => {
  /** Does something, and waits until the map looks different. */
  const changesMap = async (action) => {
    const before = await page.evaluate(mapHash);
    await action();
    for (let tries = 0; (await page.evaluate(mapHash)) === before; tries++) {
      assert.ok(tries < 200, "the map stays as it was");
      await page.waitForTimeout(50);
    }
  };

  it("shows each interest as a region and in words", async () => {
    await open();
    await changesMap(() => pick(1));
    await changesMap(() => pick(11));
    assert.equal((await interests()).length, 2);
    await changesMap(() => byTestId("interest").first().click());
    await changesMap(() => page.locator('.map-button[aria-label="Zoom out"]').click());
  });

  it("can be walked by keys", async () => {
    await byTestId("map").focus();
    await page.keyboard.press("ArrowRight");
    const here = await byTestId("map-tip").textContent();
    assert.ok(here.length > 3);
    await page.waitForFunction(
      (name) => document.getElementById("announcer").textContent.startsWith(name),
      await byTestId("map-tip").locator("strong").textContent(),
    );
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await byTestId("map-tip").textContent(), here);
    await page.keyboard.press("Enter");
    const name = await byTestId("map-tip").locator("strong").textContent();
    assert.equal(await page.locator("#detail-name").textContent(), name);
    await page.keyboard.press("Escape");
  });

  it("says what lies under the pointer", async () => {
    const box = await byTestId("map").boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width / 2 + 3, box.y + box.height / 2);
    await byTestId("map-tip").waitFor();
  });

  it("has a window of its own", async () => {
    const { width } = await byTestId("map").boundingBox();
    await byTestId("map-larger").click();
    assert.ok((await byTestId("map").boundingBox()).width > 2 * width);
    await page.keyboard.press("Escape");
    await page.waitForFunction(
      (w) => document.querySelector('[data-testid="map"]').clientWidth === w,
      Math.round(width),
    );
  });
});

describe("pictures", () => {
  it("are made of the page as somebody sees it who has liked six programs", async () => {
    mkdirSync(screenshots, { recursive: true });
    await open();
    await pick(0, 2, 3, 5, 7, 9);
    await byTestId("onboarding-done").click();
    await settled();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.evaluate(() => document.getElementById("search-bar").scrollIntoView());
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
      await page.screenshot({ path: path.join(screenshots, `demo-taste-${colorScheme}.png`), animations: "disabled" });
    }
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  });
});

describe("dial and comparisons", () => {
  it("goes further from what fits the further the dial is turned, and back", async () => {
    await open();
    const calm = await listAfter(() => pick(4));
    const bold = await listAfter(() => byTestId("dial").fill("20"));
    const kept = bold.filter((id) => calm.includes(id)).length;
    assert.ok(kept < 20, `${kept} of 24 stayed`);
    assert.deepEqual(await listAfter(() => byTestId("dial").fill("0")), calm);
  });

  it("ranks the same feed by meaning, by shared words and by popularity", async () => {
    const byMeaning = await listedIds();
    const byWords = await listAfter(() => byTestId("ranking-words").check());
    assert.notDeepEqual(byWords, byMeaning);
    assert.match(await byTestId("because").first().textContent(), /Because you liked/);
    assert.match(await page.locator("#results-note").textContent(), /\d+ of the first 24 are there by meaning too/);
    const popular = await listAfter(() => byTestId("ranking-popularity").check());
    assert.equal(await title(), "Well known");
    const after = await listAfter(() => byTestId("like").nth(1).click());
    assert.deepEqual(
      after.slice(0, 20),
      popular.filter((id) => id !== popular[1]).slice(0, 20),
      "what one likes does not change what is popular",
    );
    await byTestId("ranking-meaning").check();
  });
});

describe("search", () => {
  it("shows the sentence that answers, on the card and in the description", async () => {
    await open();
    await search("remove red eyes from a portrait");
    const passage = byTestId("passage").filter({ visible: true }).first();
    await passage.waitFor();
    const text = await passage.textContent();
    await page
      .locator("li.card", { has: page.getByText(text) })
      .first()
      .locator(".card-link")
      .click();
    await page.locator(".passage-mark").waitFor();
    assert.equal(await page.locator(".passage-mark").textContent(), text);
    await page.keyboard.press("Escape");
  });

  it("goes by words alone where that is asked for", async () => {
    await search("sudoku");
    const both = await listedIds();
    const words = await listAfter(() => byTestId("by-words").check());
    assert.ok(words.length < both.length, `${words.length} programs have the word`);
    assert.match(await title(), /^With the words of/);
    await byTestId("passage").locator("mark").first().waitFor();
    const meaning = await listAfter(() => byTestId("by-meaning").check());
    assert.equal(meaning.length, both.length);
  });

  it("keeps what was typed out of every request", async () => {
    await page.reload();
    await settled();
    const told = browser.requests.filter((url) => /sudoku|portrait/.test(url.split("#")[0]));
    assert.deepEqual(told, []);
  });
});

describe("a page whose worker finds no vectors", () => {
  it("still lists the catalogue, and says what is missing", async () => {
    const other = await launch(); // its own profile: nothing is kept yet
    await other.page.route("**/vectors-*.bin", (route) => route.fulfill({ status: 404 }));
    await other.open(server.origin);
    await other.page.locator('[data-testid="cards"][aria-busy="false"]').waitFor();
    assert.equal(await other.page.locator('[data-testid="card"]').count(), 24);
    assert.match(await other.page.locator("#toast").textContent(), /could not start/);
    assert.equal(await other.page.locator('[data-testid="status"]').getAttribute("data-stage"), "failed");
    await other.close();
  });
});

describe("afterwards", () => {
  it("no other origin was asked, and no error written", () => assertQuiet());
});
