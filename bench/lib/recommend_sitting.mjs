// Recommendations in Node.js and in Chromium.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../../tests/browser/programs.mjs";
import { kinvecDist } from "./paths.mjs";
import { measureRecommend } from "./recommend_turns.mjs";
import { serve } from "./server.mjs";

const order = { counts: [10_000, 100_000], events: [50, 500] };

/** @param {{ rounds: number, budget: number, onProgress(line: string): void }} options */
export async function sitRecommend({ rounds, budget, onProgress }) {
  onProgress("Node.js");
  const asked = { ...order, rounds, budget };
  const sittings = [{ runtime: `Node.js ${process.version}, V8 ${process.versions.v8}`, rows: await inNode(asked) }];
  onProgress("Chromium");
  sittings.push(await inChromium(asked));
  return sittings;
}

async function inNode(asked) {
  const files = ["search.node.mjs", "recommend.mjs"];
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(path.join(kinvecDist, file)))));
  return measureRecommend(Object.assign({}, ...modules), asked);
}

async function inChromium(asked) {
  const server = await serve();
  const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: chromiumFlags });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${server.origin}/bench/page/bench.html`);
    const rows = await page.evaluate(async (given) => {
      const files = ["/kinvec/search.mjs", "/kinvec/recommend.mjs", "/bench/lib/recommend_turns.mjs"];
      const [search, recommend, { measureRecommend }] = await Promise.all(files.map((file) => import(file)));
      return measureRecommend({ ...search, ...recommend }, given);
    }, asked);
    return { runtime: `Chromium ${browser.version()}`, rows };
  } finally {
    await browser.close();
    server.close();
  }
}
