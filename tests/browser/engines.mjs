// The browser engines under test, behind one small interface.

import { launch as chromium } from "./chromium.mjs";
import { launch as firefox } from "./firefox.mjs";
import { launch as webkit } from "./webkit.mjs";

/**
 * @typedef {object} Browser
 * @property {string} version name and version, for reports
 * @property {string[]} errors console errors and uncaught exceptions so far (not available from WebKit)
 * @property {string[]} requests URLs asked for so far (not available from WebKit)
 * @property {(url: string) => Promise<unknown>} open loads a page, up to its load event
 * @property {(code: Function, ...args: unknown[]) => Promise<any>} evaluate runs a function in the page, where it sees
 *   nothing of the test, and awaits its answer; arguments and answer are JSON values
 * @property {() => Promise<void>} close
 */

/** @type {Record<"chromium" | "firefox" | "webkit", () => Promise<Browser>>} */
export const engines = { chromium, firefox, webkit };

/** Calls a global function of the page. */
export function callGlobal(browser, name, ...args) {
  return browser.evaluate((name, args) => globalThis[name](...args), name, args);
}

/** Waits until a function of the page answers something truthy, and answers that. */
export async function waitFor(browser, code, ...args) {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const answer = await browser.evaluate(code, ...args);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`still waiting for ${code} after two minutes`);
}
