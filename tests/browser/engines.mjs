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
 * @property {(name: string, ...args: unknown[]) => Promise<any>} call calls a global function of the page and awaits its
 *   answer; arguments and answer are JSON values
 * @property {() => Promise<void>} close
 */

/** @type {Record<"chromium" | "firefox" | "webkit", () => Promise<Browser>>} */
export const engines = { chromium, firefox, webkit };
