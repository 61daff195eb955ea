// The engines side by side in one kind of browser: a page each, one of them working at a time.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { callGlobal, engines as launchers, waitFor } from "../../tests/browser/engines.mjs";
import { chromiumFlags, findChromium } from "../../tests/browser/programs.mjs";
import { serve } from "./server.mjs";

/**
 * @param {"chromium" | "firefox" | "webkit"} browserName
 * @param {string[]} names engines to open
 * @returns {Promise<{ runtime: string, engines: object[], refused: object, close(): Promise<void> }>}
 *   refused: why an engine could not be opened, by name
 */
export async function openInBrowser(browserName, names) {
  const server = await serve();
  const browser = browserName === "chromium" ? await openChromium() : separately(launchers[browserName]);
  const engines = [];
  const refused = {};
  for (const name of names) {
    const tab = await browser.newTab();
    try {
      await tab.open(`${server.origin}/bench/page/bench.html`);
      const info = await tab.call("openEngine", name);
      engines.push({
        name,
        info,
        requests: tab.requests,
        measure: async (workload, budget) => {
          await tab.toFront();
          return tab.call("takeTurn", workload, budget);
        },
        embedAll: (sentences) => tab.call("embedAll", sentences),
      });
    } catch (error) {
      refused[name] = reasonOf(error);
      await tab.close();
    }
  }
  return {
    runtime: browser.version(),
    engines,
    refused,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** What an engine said, without what the drivers put around it. */
function reasonOf(error) {
  return error.message
    .split("\n")[0]
    .replace(/^page\.evaluate: /, "")
    .replace(/^\w*Error: /, "");
}

/** Starts Chromium with a new profile, whose pages share it. */
export async function openChromium() {
  const profile = mkdtempSync(path.join(tmpdir(), "kinvec-bench-"));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: chromiumFlags,
  });
  context.setDefaultTimeout(0);
  return {
    browser: context.browser(),
    version: () => `Chromium ${context.browser().version()}`,
    async newTab() {
      const page = await context.newPage();
      const requests = [];
      page.on("requestfinished", (request) => requests.push(request.url()));
      return {
        requests,
        open: (url) => page.goto(url),
        call: (name, ...args) => page.evaluate(([name, args]) => globalThis[name](...args), [name, args]),
        toFront: () => page.bringToFront(),
        close: () => page.close(),
      };
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A browser of its own for each page: their drivers open one page at a time. */
function separately(launch) {
  const opened = [];
  return {
    version: () => opened[0].version.replace(/^firefox/, "Firefox"),
    async newTab() {
      const browser = await launch();
      opened.push(browser);
      return {
        requests: browser.requests,
        open: async (url) => {
          await browser.open(url);
          await waitFor(browser, () => globalThis.openEngine !== undefined); // WebKit's load event may come before
        },
        call: (name, ...args) => callGlobal(browser, name, ...args),
        toFront: async () => {},
        close: () => browser.close(),
      };
    },
    async close() {
      for (const browser of opened) await browser.close().catch(() => {}); // some were closed when refused
    },
  };
}
