// The smoke suite in a browser extension (Manifest V3): its service worker, a page of its own, a page of the web.

import { copyFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "../browser/chromium.mjs";
import { resultsOf } from "./results.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const record = resultsOf("extension");

describe("an extension in Chromium", () => {
  let folder;
  let server;
  let browser;
  let background;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "kinvec-extension-"));
    const copy = (from, to) => cpSync(path.join(root, from), path.join(folder, to), { recursive: true });
    copy("tests/environments/extension", ".");
    copy("tests/environments/smoke.mjs", "environments/smoke.mjs");
    copy("tests/common/same_bits.mjs", "common/same_bits.mjs");
    copyFileSync(path.join(root, "models/all-MiniLM-L6-v2.q8.gguf"), path.join(folder, "all-MiniLM-L6-v2.q8.gguf"));
    cpSync(path.join(process.env.KINVEC_PACKAGE_DIR ?? root, "dist"), path.join(folder, "kinvec/dist"), {
      recursive: true,
    });
    server = await serve({ "/": path.join(root, "tests/environments/pages") });
    browser = await launch({ extension: folder });
    const context = browser.page.context();
    background = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true });
  });

  const where = (environment) => {
    const [group, version] = browser.version.split(" ");
    return { group, environment, version };
  };
  const call = (place, options) => place.evaluate((options) => globalThis.run(options), options);

  it("in its service worker", () => record(where("extension, service worker"), () => call(background, {})));

  for (const [options, name] of [
    [{}, "extension, page of its own"],
    [{ workers: 1 }, "extension, page of its own, `workers: 1`"],
  ]) {
    it(`in ${name}`, () =>
      record(where(name), async () => {
        await browser.open(new URL("page.html", background.url()).href);
        await browser.page.waitForFunction(() => "run" in globalThis);
        return call(browser.page, options);
      }));
  }

  it("in a page of the web", () =>
    record(where("extension, content script"), async () => {
      await browser.open(`${server.origin}/empty.html`);
      const outcome = await browser.page.waitForFunction(() => document.documentElement.dataset.outcome);
      const { error, ...result } = JSON.parse(await outcome.jsonValue());
      if (error) throw new Error(error);
      return result;
    }));
});
