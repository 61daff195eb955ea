// All engines side by side in one Chromium: a page each, one of them working at a time.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../../tests/browser/programs.mjs";
import { serve } from "./server.mjs";

/**
 * @param {string[]} names engines to open
 * @returns {Promise<{ runtime: string, engines: object[], refused: object, close(): Promise<void> }>}
 *   refused: why an engine could not be opened, by name
 */
export async function openInBrowser(names) {
  const server = await serve();
  const profile = mkdtempSync(path.join(tmpdir(), "kinvec-bench-"));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: chromiumFlags,
  });
  context.setDefaultTimeout(0);
  const engines = [];
  const refused = {};
  for (const name of names) {
    const page = await context.newPage();
    const requests = [];
    page.on("requestfinished", (request) => requests.push(request.url()));
    await page.goto(`${server.origin}/bench/page/bench.html`);
    await page.waitForFunction(() => globalThis.openEngine !== undefined);
    try {
      const info = await page.evaluate((engine) => globalThis.openEngine(engine), name);
      engines.push({
        name,
        info,
        requests,
        measure: async (workload, budget) => {
          await page.bringToFront();
          return page.evaluate(([given, time]) => globalThis.takeTurn(given, time), [workload, budget]);
        },
        embedAll: (sentences) => page.evaluate((given) => globalThis.embedAll(given), sentences),
      });
    } catch (error) {
      refused[name] = error.message.split("\n")[0].replace("page.evaluate: KinvecError: ", "");
      await page.close();
    }
  }
  return {
    runtime: `Chromium ${context.browser().version()}`,
    engines,
    refused,
    async close() {
      await context.close();
      server.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
