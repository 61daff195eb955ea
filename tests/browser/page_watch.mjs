// What a walk through a page is watched for: long tasks of the main thread, and what axe finds.

import assert from "node:assert/strict";
import axe from "axe-core";

/** Runs in every page before its own scripts: notes the long tasks, and when the first of some elements was there. */
function watch(selector) {
  const tasks = [];
  globalThis.walk = { tasks, seenAt: undefined };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    if (!document.querySelector(selector)) return;
    globalThis.walk.seenAt = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-busy"] });
}

/**
 * Has every page that is opened from now on watched.
 * @param {string} selector its first element is what a visitor waits for
 */
export const watchPages = (page, selector) => page.addInitScript(watch, selector);

/** Milliseconds from the start of the navigation until the awaited element was there. */
export async function timeUntilSeen(page) {
  await page.waitForFunction(() => globalThis.walk.seenAt !== undefined);
  return page.evaluate(() => globalThis.walk.seenAt);
}

/** The longest task of the main thread since the page's load event, in milliseconds; 0 if none was longer than 50. */
export function longestTask(page) {
  return page.evaluate(() => {
    const [{ loadEventEnd }] = performance.getEntriesByType("navigation");
    const durations = globalThis.walk.tasks.filter(({ startTime }) => startTime > loadEventEnd);
    return Math.max(0, ...durations.map(({ duration }) => duration));
  });
}

const isGrave = ({ impact }) => impact === "serious" || impact === "critical";

/** Asserts that axe has no serious or critical finding about the page as it is now. */
export async function assertAccessible(page, where) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const findings = violations
    .filter(isGrave)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).slice(0, 3)}`);
  assert.deepEqual(findings, [], `axe on ${where}`);
}
