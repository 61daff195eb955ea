// What the demo's first page learns of a person and how it shows it, in Chromium: the beginning, the map, the dial, comparisons,
// reasons, and the panel with all that it knows.

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

let server;
let browser;
let page;

const byTestId = (id) => page.locator(`[data-testid="${id}"]`);
const settled = () => page.waitForSelector('[data-testid="cards"][aria-busy="false"]');
const listedIds = () => page.$$eval('[data-testid="card"]', (cards) => cards.map((card) => card.dataset.id));
const title = () => byTestId("results-title").textContent();
const events = () =>
  page.evaluate(() => JSON.parse(localStorage.getItem("kinvec-demo.profile") ?? '{"events":[]}').events);
const interests = () => byTestId("interest").locator(".interest-name").allTextContents();

async function listAfter(action) {
  await action();
  await settled();
  return listedIds();
}

/** Opens the page with a stored profile, or as a newcomer's. */
async function open(profile) {
  await browser.open(server.origin);
  await page.evaluate((text) => {
    localStorage.clear();
    if (text) localStorage.setItem("kinvec-demo.profile", text);
  }, profile && JSON.stringify(profile));
  await page.reload();
  await page.waitForSelector('[data-testid="status"][data-stage="ready"]');
  await settled();
}

const pick = (...tiles) =>
  tiles.reduce((before, n) => before.then(() => byTestId("starter").nth(n).click()), Promise.resolve());

async function search(text) {
  await byTestId("query").fill(text);
  await page.waitForFunction((t) => document.getElementById("results-title").textContent.includes(t), text);
  await settled();
}

/** Opens the panel, does something, and closes it again. */
async function inPanel(action) {
  await byTestId("profile-button").click();
  const result = await action();
  await page.keyboard.press("Escape");
  return result;
}

/** Of the map as it is drawn; runs in the page. */
const mapHash = () => {
  const canvas = document.querySelector('[data-testid="map"] canvas');
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((hash, value) => (Math.imul(hash, 31) + value) | 0, 7);
};

const toNumber = (text) => Number(text.replace("\u2212", "-"));

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

describe("what the page knows", () => {
  it("lets each event be changed, and every list follows", async () => {
    await open();
    const liked = await listAfter(() => pick(2));
    await inPanel(() => byTestId("known-kind").selectOption("dislike"));
    await settled();
    assert.notDeepEqual(await listedIds(), liked);
    assert.deepEqual(
      (await events()).map(({ kind }) => kind),
      ["dislike"],
    );
  });

  it("gives the profile as a file and takes it back", async () => {
    await pick(6, 9);
    const before = await listAfter(() => byTestId("onboarding-done").click());
    const file = await inPanel(async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), byTestId("export").click()]);
      return download.path();
    });
    assert.equal(JSON.parse(readFileSync(file, "utf8")).events.length, 3);
    await inPanel(async () => {
      await byTestId("forget-all").click();
      assert.equal(await byTestId("known").count(), 0);
      await byTestId("import").setInputFiles({ name: "taste.json", mimeType: "", buffer: readFileSync(file) });
      await byTestId("known").first().waitFor();
    });
    await settled();
    assert.deepEqual(await listedIds(), before);
  });

  it("takes a file that is dropped on it", async () => {
    const before = await listedIds();
    const stored = await page.evaluate(() => localStorage.getItem("kinvec-demo.profile"));
    await inPanel(async () => {
      await byTestId("forget-all").click();
      await byTestId("profile").evaluate((panel, text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], "taste.json"));
        panel.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      }, stored);
      await byTestId("known").first().waitFor();
    });
    await settled();
    assert.deepEqual(await listedIds(), before);
  });

  it("says what is wrong with a file that is no profile, and keeps what it has", async () => {
    const known = await events();
    await inPanel(async () => {
      for (const [content, message] of [
        ["hello", /does not hold JSON/],
        ['{"events":[]}', /cannot be read as a profile/],
      ]) {
        await byTestId("import").setInputFiles({ name: "x.json", mimeType: "", buffer: Buffer.from(content) });
        await byTestId("import-error").filter({ hasText: message }).waitFor();
      }
    });
    assert.deepEqual(await events(), known);
  });

  it("tells how many bytes it keeps", async () => {
    const bytes = await page.evaluate(
      () => new TextEncoder().encode(localStorage.getItem("kinvec-demo.profile")).length,
    );
    const shown = await inPanel(() => byTestId("bytes-used").textContent());
    assert.equal(shown, `${bytes.toLocaleString("en")} bytes`);
  });

  it("takes over what an earlier version of the page stored", async () => {
    const [id] = await listedIds();
    await open({ version: 1, events: [{ id, verdict: "like", at: 1_700_000_000_000 }] });
    assert.equal(await title(), "For you");
    assert.equal(await byTestId("liked").count(), 1);
  });

  it("follows what another tab of the page does", async () => {
    const other = await page.context().newPage();
    await other.goto(server.origin);
    await other.locator('[data-testid="cards"][aria-busy="false"]').waitFor();
    await other.evaluate(() => localStorage.removeItem("kinvec-demo.profile"));
    await page.waitForFunction(() => document.getElementById("results-title").textContent === "To begin with");
    await other.close();
  });
});

describe("counter of what is sent", () => {
  it("stands at 0, and counts every byte that anything in the page sends", async () => {
    const sent = (bytes) =>
      page.waitForFunction((n) => document.querySelector("#sent-badge strong").textContent === n, bytes);
    assert.equal(await inPanel(() => byTestId("bytes-sent").textContent()), "0");
    await page.route("**/drop", (route) => route.fulfill({ status: 204 }));
    await page.evaluate(() => fetch("./drop", { method: "POST", body: "five!" }));
    await sent("5");
    await page.evaluate(() => navigator.sendBeacon("./drop", "four"));
    await page.evaluate(() => fetch("./manifest.webmanifest?a=1"));
    await sent("12");
    assert.equal(await inPanel(() => byTestId("bytes-sent").textContent()), "12");
    await page.unroute("**/drop");
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
  it("no other origin was asked, and no error written", () => {
    const own = (url) => url.startsWith(`${server.origin}/`) || url.startsWith(`blob:${server.origin}/`);
    assert.deepEqual(
      browser.requests.filter((url) => !own(url) && !url.startsWith("data:")),
      [],
    );
    assert.deepEqual(browser.errors, []);
  });
});
