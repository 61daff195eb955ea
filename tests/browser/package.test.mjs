// The packed package in three browser engines: which binary runs, and that every vector has the same bits everywhere.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "kinvec";
import { createCollection, loadCollection } from "kinvec/search";
import { decrypt, encrypt } from "kinvec/storage";
import { serve } from "../../tools/lib/static_server.mjs";
import { v8DotIsExact } from "../common/cpu.mjs";
import { searchKeptCollection } from "../common/kept_collection.mjs";
import { goldenGraphs, goldenIndexFiles, goldenSearches } from "../common/search_bits.mjs";
import { goldenShort } from "../common/short_vectors.mjs";
import { goldenTrained } from "../common/trained_words.mjs";
import { callGlobal, engines, waitFor } from "./engines.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;
const golden = readFileSync(path.join(root, "tests/golden/q8.sha256"), "utf8").trim().split(/\s/)[0];

/**
 * Binaries that may end up running.  Firefox on x86 has a saturating dot and WebKitGTK no relaxed SIMD; the rest is the
 * processor's to say.
 */
function expectedBinaries(engine) {
  if (engine === "webkit" || (engine === "firefox" && process.arch === "x64")) return ["simd128"];
  const exact = v8DotIsExact();
  return exact === undefined ? ["relaxed", "simd128"] : [exact ? "relaxed" : "simd128"];
}

const collectionTexts = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8")).slice(
  300,
  400,
);

/** What Node.js finds in a collection of them. */
async function inNode() {
  const model = await load(path.join(root, "models/all-MiniLM-L6-v2.q8.gguf"));
  const found = await searchKeptCollection(model, collectionTexts, {
    createCollection,
    loadCollection,
    encrypt,
    decrypt,
  });
  model.dispose();
  return found;
}

let server;
before(async () => {
  server = await serve({
    "/": path.join(root, "tests/browser/pages"),
    "/package/": packageFolder,
    "/models/": path.join(root, "models"),
    "/tests/": path.join(root, "tests"),
  });
});
after(() => server.close());

for (const [name, launch] of Object.entries(engines)) {
  describe(name, () => {
    let browser;
    before(async () => {
      browser = await launch();
      await browser.open(`${server.origin}/package.html`);
      await waitFor(browser, () => "errorCodes" in globalThis);
    });
    after(() => browser?.close());

    it("loads the model on the binary that is exact there", async () => {
      const { info, progress } = await callGlobal(browser, "loadModel");
      assert.ok(expectedBinaries(name).includes(info.binary), `${browser.version} runs ${info.binary}`);
      assert.equal(info.probe.split("-")[0], info.binary);
      assert.equal(info.selfChecked, true);
      assert.deepEqual(progress, { last: 1, monotonic: true });
      // One binary is asked for, not first another that proves inexact. (WebKit tells no requests.)
      const binaries = browser.requests.filter((url) => url.endsWith(".wasm"));
      if (name !== "webkit") assert.deepEqual(binaries, [`${server.origin}/package/dist/kinvec-${info.binary}.wasm`]);
    });

    it("gives the golden vectors alone, in batches, reversed and after 10,000 other calls", async () => {
      const hashes = await callGlobal(browser, "hashEveryWay", 10_000);
      for (const [way, hash] of Object.entries(hashes)) assert.equal(hash, golden, way);
    });

    it("finds the same vectors with the same scores", async () => {
      assert.equal(await callGlobal(browser, "hashSearches"), goldenSearches);
      assert.equal(await callGlobal(browser, "hashGraphs"), goldenGraphs);
    });

    it("saves the same index files, and loads them", async () => {
      assert.equal(await callGlobal(browser, "hashIndexFiles"), goldenIndexFiles);
      const bytes = 40 + (1 + 1 + 18) * 16 + (9 + 1536) * 3000; // header, heads and sums of blocks, items
      assert.deepEqual(await callGlobal(browser, "keepIndex", 3000), { equal: true, streamed: true, bytes });
    });

    it("trains the same word vectors", async () => {
      assert.deepEqual(await callGlobal(browser, "hashTrained"), goldenTrained);
    });

    it("shortens vectors to the same bits", async () => {
      assert.deepEqual(await callGlobal(browser, "hashShort"), goldenShort);
    });

    it("finds the same in a collection that was kept under a pass-phrase", async () => {
      assert.deepEqual(await callGlobal(browser, "searchKeptCollection", collectionTexts), await inNode());
    });

    it("loads from every kind of source", async () => {
      const scores = await callGlobal(browser, "sources");
      assert.equal(Object.keys(scores).length, 7);
      for (const [kind, score] of Object.entries(scores)) assert.ok(score > 0.999999, `${kind}: ${score}`);
    });

    it("answers misuse with error codes and lives on", async () => {
      assert.deepEqual(await callGlobal(browser, "errorCodes"), {
        missingFile: "FETCH_FAILED",
        notAModel: "MODEL_FORMAT",
        aborted: "ABORTED",
        abortedEmbed: "ABORTED",
        wrongType: "INVALID_ARGUMENT",
        stillWorks: "none",
        disposed: "DISPOSED",
      });
    });

    it("asks no other origin for anything", () => {
      const elsewhere = browser.requests.filter((url) => /^https?:/.test(url) && !url.startsWith(`${server.origin}/`));
      assert.deepEqual(elsewhere, []);
    });

    if (name === "chromium") {
      it("keeps an index of 100,000 vectors", async () => {
        const { equal, streamed, bytes } = await callGlobal(browser, "keepIndex", 100_000);
        assert.ok(equal && streamed && bytes > 4 * 384 * 100_000);
      });

      it("gives the same vectors on the SIMD128 binary", async () => {
        const { info } = await callGlobal(browser, "loadModel", { binary: "simd128" });
        assert.equal(info.binary, "simd128");
        assert.equal(await callGlobal(browser, "hashInBatches"), golden);
      });
    }
  });
}
