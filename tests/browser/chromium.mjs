// Chromium (V8) through playwright-core.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "./programs.mjs";

const kAskEvery = 50; // ms

/** Has `waitForFunction` ask by the clock: by itself it asks at every frame, and a page that draws none would never be asked. */
function askByTheClock(page) {
  const waitForFunction = page.waitForFunction.bind(page);
  page.waitForFunction = (condition, arg, options) =>
    waitForFunction(condition, arg, { polling: kAskEvery, ...options });
}

/**
 * @param {{ extension?: string }} options folder of a browser extension to run with
 * @returns {Promise<import("./engines.mjs").Browser>}
 */
export async function launch({ extension } = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), "kinvec-chromium-"));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    ...(extension && { ignoreDefaultArgs: ["--disable-extensions"] }),
    args: [
      ...chromiumFlags,
      ...(extension ? [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`] : []),
    ],
  });
  context.setDefaultTimeout(120_000); // ms; what takes longer hangs
  context.on("page", askByTheClock);
  context.pages().forEach(askByTheClock);
  const page = context.pages()[0] ?? (await context.newPage());
  const errors = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  context.on("request", (request) => requests.push(request.url()));
  return {
    version: `Chromium ${context.browser()?.version() ?? ""}`.trim(),
    errors,
    requests,
    page,
    open: (url) => page.goto(url, { waitUntil: "load" }),
    // playwright passes one argument; the function itself is sent as text, so its arguments are bound in the text too.
    evaluate: (code, ...args) => page.evaluate(`(${code})(...${JSON.stringify(args)})`),
    setOffline: (offline) => context.setOffline(offline),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
