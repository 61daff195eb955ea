// From the navigation to the first vector, in Chromium with a new profile: on the first visit, and again with what the
// browser has kept; then the first calls, and the memory.

import { readFileSync } from "node:fs";
import { openChromium } from "./browser.mjs";
import { summary } from "./rounds.mjs";
import { serve } from "./server.mjs";

const enginesToStart = ["kinvec", "transformers"];
const useTime = 3000; // ms of calls, in which engines reach their full speed
const fullSpeed = 1.2; // times the usual duration of a call
const callsLookedAt = 3;

/**
 * @param {{ first: string, again: string }} texts the one whose vector is waited for, and the one embedded over and over
 * @returns times in ms as { min, median } and memory in bytes, by engine: firstVisit, secondVisit, firstCall, untilFullSpeed
 *   (of use), wasm (its memories), peak (of the page's process, less that of a page with nothing; undefined where the
 *   system does not tell)
 */
export async function measureStart(texts, { rounds, onProgress }) {
  const server = await serve({ cached: true });
  const seen = Object.fromEntries([...enginesToStart, "blank"].map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of Object.keys(seen))
        seen[name].push(await visits(`${server.origin}/bench/page/start_${name}.html`, texts));
      const line = enginesToStart.map((name) => `${name} ${seen[name].at(-1).firstVisit.toFixed(0)} ms`).join(", ");
      onProgress(`first vector, round ${round + 1}: ${line}`);
    }
  } finally {
    server.close();
  }
  const blank = Math.min(...seen.blank.map(({ peak }) => peak));
  return Object.fromEntries(
    enginesToStart.map((name) => {
      const all = (key) => summary(seen[name].map((one) => one[key]));
      return [
        name,
        {
          firstVisit: all("firstVisit"),
          secondVisit: all("secondVisit"),
          firstCall: all("firstCall"),
          untilFullSpeed: all("untilFullSpeed"),
          wasm: seen[name][0].wasm,
          peak: Number.isNaN(blank) ? undefined : all("peak").median - blank,
        },
      ];
    }),
  );
}

/** Three pages of one new browser: the first visit, the second, and one that stays. */
async function visits(page, { first, again }) {
  const chromium = await openChromium();
  const visit = async (text) => {
    const tab = await chromium.newTab();
    await tab.open(`${page}?text=${encodeURIComponent(text)}`);
    return { tab, ...(await tab.call("firstVector")) };
  };
  try {
    const one = await visit(first);
    const peak = await peakOfPages(chromium.browser);
    await one.tab.close();
    const two = await visit(first);
    await two.tab.close();
    const three = await visit(again);
    const calls = [three.call, ...(await three.tab.call("goOn", useTime))];
    return {
      firstVisit: one.first,
      secondVisit: two.first,
      wasm: one.wasm,
      peak,
      firstCall: three.call,
      untilFullSpeed: timeUntilFullSpeed(calls),
    };
  } finally {
    await chromium.close();
  }
}

/** How long calls had been going on when from there a few in a row took about as long as those of the second half. */
function timeUntilFullSpeed(calls) {
  const usual = summary(calls.slice(calls.length >> 1)).median;
  let before = 0;
  for (let i = 0; i + callsLookedAt <= calls.length; i++) {
    if (summary(calls.slice(i, i + callsLookedAt)).median <= fullSpeed * usual) return before;
    before += calls[i];
  }
  return before;
}

/** The most memory that a page's process has held so far, in bytes; Linux tells. */
async function peakOfPages(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => peakOf(id));
  const told = pages.filter((peak) => !Number.isNaN(peak));
  return told.length > 0 ? Math.max(...told) : Number.NaN;
}

function peakOf(pid) {
  try {
    return 1024 * Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
  } catch {
    return Number.NaN;
  }
}
