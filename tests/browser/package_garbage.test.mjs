// Loads while Chromium collects garbage: it takes a stream for garbage although its next chunk is waited for, unless
// something holds the stream's reader.

import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { launch } from "./chromium.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;
const kLoads = 10;

describe("a load while garbage is collected", () => {
  let server;
  let browser;
  let developerTools;
  before(async () => {
    server = await serve({
      "/": path.join(root, "tests/browser/pages"),
      "/package/": packageFolder,
      "/models/": path.join(root, "models"),
    });
    browser = await launch();
    await browser.open(`${server.origin}/blank.html`);
    developerTools = await browser.page.context().newCDPSession(browser.page);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Collects garbage until the work is done; the page's work goes on in between. */
  async function collectDuring(work) {
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    while (!done) await developerTools.send("HeapProfiler.collectGarbage");
    return ended;
  }

  /** How many of some loads, one after another, ended within ten seconds, for a load that takes well below one. */
  const loadsOf = (open) =>
    browser.page.evaluate(
      async ([loads, open]) => {
        const { load } = await import("/package/dist/index.mjs");
        const { createIndex, loadIndex } = await import("/package/dist/search.mjs");
        const address = "/models/all-MiniLM-L6-v2.q8.gguf";
        const cache = await caches.open("model");
        if (!(await cache.match(address))) await cache.add(address);
        const saved = async () => {
          const index = await createIndex({ dimensions: 384 });
          const vector = new Float32Array(384).fill(1);
          for (let id = 0; id < 10_000; id++) index.add([id], [vector]);
          return new Blob([index.save()]);
        };
        const ways = {
          response: async () => load(await cache.match(address)),
          cache: () => load(address, { cache }),
          blob: async () => load(await (await cache.match(address)).blob()),
          index: async () => loadIndex(await saved()),
        };
        let ended = 0;
        for (let i = 0; i < loads; i++) {
          const loading = ways[open]();
          const late = new Promise((resolve) => setTimeout(resolve, 10_000));
          const loaded = await Promise.race([loading, late]);
          if (!loaded) return ended;
          ended++;
          loaded.dispose?.();
        }
        return ended;
      },
      [kLoads, open],
    );

  it("ends, of a response that the caller took out of a cache", async () => {
    assert.equal(await collectDuring(loadsOf("response")), kLoads);
  });

  it("ends, by the package's own way through a cache", async () => {
    assert.equal(await collectDuring(loadsOf("cache")), kLoads);
  });

  it("ends, of a Blob", async () => {
    assert.equal(await collectDuring(loadsOf("blob")), kLoads);
  });

  it("ends, of a Blob with an index", async () => {
    assert.equal(await collectDuring(loadsOf("index")), kLoads);
  });
});
