// The panel of the demo's first page with all that it knows of a person, in Chromium, and the counter of what is sent.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  assertQuiet,
  byTestId,
  events,
  inPanel,
  listAfter,
  listedIds,
  open,
  page,
  pick,
  server,
  settled,
  title,
} from "./demo_first_page.mjs";

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

describe("afterwards", () => {
  it("no other origin was asked, and no error written", () => assertQuiet());
});
