// What a walk through a page is watched for: when something is there, how long the main thread is busy, and what axe finds.

import assert from "node:assert/strict";
import axe from "axe-core";

/** Has every page that is opened from now on note when the first element of a selector is there. */
export function watchFor(page, selector) {
  return page.addInitScript((awaited) => {
    const look = () => {
      if (!document.querySelector(awaited)) return;
      globalThis.seenAt = performance.now();
      observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  }, selector);
}

/** Milliseconds from the start of the navigation until the awaited element was there. */
export async function timeUntilSeen(page) {
  await page.waitForFunction(() => globalThis.seenAt !== undefined);
  return page.evaluate(() => globalThis.seenAt);
}

/**
 * The tasks of a page's main thread, from the browser's own trace. On a busy machine a task stands still while others compute, so
 * the trace's processor time tells what the page is to blame for.
 */
export class MainThread {
  #session;
  #events = [];

  static async of(page) {
    const thread = new MainThread();
    thread.#session = await page.context().newCDPSession(page);
    thread.#session.on("Tracing.dataCollected", ({ value }) => thread.#events.push(...value));
    return thread;
  }

  async start() {
    this.#events = [];
    await this.#session.send("Tracing.start", {
      transferMode: "ReportEvents",
      traceConfig: { includedCategories: ["toplevel"] },
    });
  }

  /**
   * @returns {Promise<{ wall: number, processor: number }>} milliseconds of the longest task since the start, by the clock and by
   *   the processor; 0 if it had none
   */
  async stop() {
    const complete = new Promise((resolve) => this.#session.once("Tracing.tracingComplete", resolve));
    await this.#session.send("Tracing.end");
    await complete;
    const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
    const named = this.#events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");
    const mainThreads = new Set(named.map(threadOf));
    const tasks = this.#events.filter(
      (event) => event.name === "ThreadControllerImpl::RunTask" && mainThreads.has(threadOf(event)),
    );
    const longest = (field) => Math.max(0, ...tasks.map((task) => task[field] ?? 0)) / 1000;
    return { wall: longest("dur"), processor: longest("tdur") };
  }
}

const isGrave = ({ impact }) => impact === "serious" || impact === "critical";

/**
 * Asserts that axe has no serious or critical finding about the page as it is now.
 * @param {string} where for the message
 * @param {string} part selector of what is looked at
 */
export async function assertAccessible(page, where, part = "html") {
  await page.evaluate(`globalThis.axe ?? (() => { ${axe.source} })()`);
  const { violations } = await page.evaluate(
    (selector) => globalThis.axe.run(selector, { resultTypes: ["violations"] }),
    part,
  );
  const findings = violations
    .filter(isGrave)
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).slice(0, 3)}`);
  assert.deepEqual(findings, [], `axe on ${where}`);
}
