// The built site in Chromium, from a folder of a host: it asks nobody else for anything, complains of nothing, and its
// search by meaning works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines } from "../browser/engines.mjs";
import { filesIn } from "./files_in.mjs";

const folder = process.env.KINVEC_DOCS_DIR;
const base = process.env.KINVEC_DOCS_BASE;
const pages = filesIn(folder).filter((name) => name.endsWith(".html") && name !== "404.html");
const read = (name) => readFileSync(path.join(folder, name), "utf8");
const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 900 };

let server;
let browser;

before(async () => {
  server = await serve({ [base]: folder });
  browser = await engines.chromium();
});
after(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  await browser.page.setViewportSize(desktop);
});

const open = (name) => browser.open(`${server.origin}${base}${name}`);
const inPage = (code, ...args) => browser.evaluate(code, ...args);

function assertClean() {
  assert.deepEqual(browser.errors, []);
  const elsewhere = browser.requests.filter(
    (url) => !url.startsWith(`${server.origin}${base}`) && !url.startsWith("data:"),
  );
  assert.deepEqual(elsewhere, []);
}

describe("the built site", () => {
  it("has a page for every entry of the package and for every guide", () => {
    for (const name of ["index", "start", "errors", "api/kinvec", "api/kinvec/search", "guides/search"]) {
      assert.ok(pages.includes(`${name}.html`), name);
    }
  });

  it("allows in every page what its privacy page recommends, and no other origin", () => {
    const [, recommended] = /<code[^>]*>.*?(script-src .*?)<\/code>/s.exec(read("privacy.html"));
    const wanted = recommended
      .replace(/<[^>]+>/g, "")
      .replaceAll("&#39;", "'")
      .trim()
      .split("; ");
    assert.deepEqual(wanted, ["script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "worker-src 'self'"]);
    for (const page of pages) {
      const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(read(page)) ?? [];
      assert.ok(policy, `${page} has no policy`);
      for (const directive of wanted) assert.ok(policy.includes(directive), `${page}: ${policy}`);
      assert.doesNotMatch(policy, /https?:|\*/);
    }
  });

  it("fits a phone and a desktop in every page, with nothing on the console and nothing from elsewhere", async () => {
    for (const page of pages) {
      await open(page);
      await browser.page.waitForSelector("h1");
      for (const size of [phone, desktop]) {
        await browser.page.setViewportSize(size);
        const width = await inPage(() => document.documentElement.scrollWidth);
        assert.ok(width <= size.width, `${page} is ${width} wide in a window of ${size.width}`);
      }
    }
    assertClean();
  });

  it("follows the system's colours, and the switch", async () => {
    const isDark = () => inPage(() => document.documentElement.classList.contains("dark"));
    await browser.page.emulateMedia({ colorScheme: "dark" });
    await open("start.html");
    assert.equal(await isDark(), true);
    await browser.page.click(".VPNavBar .VPSwitchAppearance");
    assert.equal(await isDark(), false);
    await browser.page.click(".VPNavBar .VPSwitchAppearance");
    assert.equal(await isDark(), true);
    await inPage(() => localStorage.clear());
    await browser.page.emulateMedia({ colorScheme: "light" });
  });

  it("finds words from the keyboard alone", async () => {
    await open("start.html");
    await browser.page.waitForLoadState("networkidle");
    await browser.page.keyboard.press("Control+k");
    await browser.page.waitForSelector("#localsearch-input");
    await browser.page.keyboard.type("TEXT_TOO_LONG");
    await browser.page.waitForSelector(".VPLocalSearchBox .result");
    await browser.page.keyboard.press("Enter");
    await browser.page.waitForURL(/errors\.html#text-too-long$/);
    assertClean();
  });
});

describe("the search by meaning on the front page", () => {
  const hits = () => browser.page.$$eval(".hits a", (links) => links.map((link) => link.href));

  before(async () => {
    browser.requests.length = 0;
    await open("");
    await browser.page.waitForLoadState("networkidle");
  });

  it("says how large the model is, and fetches nothing before the button is pressed", async () => {
    const button = await browser.page.textContent(".passage-search .load");
    assert.match(button, /Load the model \(2\d\.\d MB\)/);
    assert.deepEqual(
      browser.requests.filter((url) => /\.(gguf|wasm|index)$/.test(url)),
      [],
    );
  });

  it("loads the model from the site, by the keyboard, and answers with sections that are there", async () => {
    await browser.page.focus(".passage-search .load");
    await browser.page.keyboard.press("Enter");
    await browser.page.waitForSelector(".hits");
    assert.equal(browser.requests.filter((url) => url.endsWith(".gguf")).length, 1);
    assert.match(await browser.page.textContent(".status"), /\d+ tokens embedded in [\d.]+ ms/);
    for (const url of await hits()) {
      const { pathname, hash } = new URL(url);
      const id = decodeURIComponent(hash.slice(1));
      const target = read(pathname.slice(base.length));
      if (id) assert.ok(target.includes(`id="${id}"`), url);
    }
    assertClean();
  });

  for (const [question, answer] of [
    ["is my data private", /privacy/],
    ["my text is too long", /long-texts|errors\.html#text-too-long/],
    ["which licence do the weights have", /models\.html#licence/],
  ]) {
    it(`knows where the answer to "${question}" stands`, async () => {
      await browser.page.fill(".passage-search input", question);
      await browser.page.waitForFunction(
        (expected) => new RegExp(expected).test(document.querySelector(".hits a")?.href),
        answer.source,
        { timeout: 20_000 }, // ms; it has been answered by then, perhaps by another page
      );
      assert.equal((await hits()).length, 5);
    });
  }
});
