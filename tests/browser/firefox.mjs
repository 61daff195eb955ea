// Firefox (SpiderMonkey) through puppeteer-core, which speaks WebDriver BiDi to it.

import puppeteer from "puppeteer-core";
import { findProgram } from "./programs.mjs";

/** @returns {Promise<import("./engines.mjs").Browser>} */
export async function launch() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findProgram([process.env.KINVEC_FIREFOX], ["firefox-esr", "firefox"]),
    headless: true,
    protocolTimeout: 0,
    extraPrefsFirefox: {
      // A page that computes for a while is what these tests are for.
      "dom.max_script_run_time": 0,
    },
  });
  const page = await browser.newPage();
  const errors = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  return {
    version: (await browser.version()).replace("/", " "),
    errors,
    requests,
    open: (url) => page.goto(url, { waitUntil: "load", timeout: 0 }),
    evaluate: (code, ...args) => page.evaluate(code, ...args),
    close: () => browser.close(),
  };
}
