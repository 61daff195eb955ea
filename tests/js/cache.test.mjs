// Downloads that break and go on, and models kept between loads: whatever goes wrong, a load ends in the right vector or
// in the right code, and nothing bad stays in the cache.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { convert } from "kinvec/convert";
import { assertSameBits, failsWith, loadTested } from "./helpers.mjs";
import { serveModel } from "./model_server.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { calibration: false, name: "tiny" });
let server;
let folder;
let expected;

before(async () => {
  server = await serveModel(file);
  const model = await loadTested(file);
  [expected] = (await model.embed("the cat sat")).vectors;
  model.dispose();
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-cache-"));
  server.served.as = "good";
  server.requests.length = 0;
});
after(() => server.close());

/** Loads, asserts that it is the model, and answers what the cache did. */
async function loads(name, options = {}) {
  const fractions = [];
  const onProgress = ({ fraction }) => fractions.push(fraction);
  const model = await loadTested(server.url(name), { onProgress, ...options });
  assertSameBits((await model.embed("the cat sat")).vectors[0], expected);
  const { cache } = model.info();
  model.dispose();
  assert.equal(fractions.at(-1), 1);
  assert.ok(fractions.every((fraction, i) => i === 0 || fraction >= fractions[i - 1]));
  return cache;
}

/** What a browser's Cache does with a body: it is kept once it has ended, and not if it breaks off. */
function memoryCache() {
  const kept = new Map();
  return {
    kept,
    match: async (url) => {
      const entry = kept.get(url);
      return entry && new Response(entry.bytes.slice(), { headers: entry.headers });
    },
    put: async (url, response) => {
      kept.set(url, { bytes: new Uint8Array(await response.arrayBuffer()), headers: response.headers });
    },
    delete: async (url) => kept.delete(url),
  };
}

describe("a download that breaks off", () => {
  it("goes on where it stopped", async () => {
    await loads("resumes");
    assert.equal(server.requests.length, 2);
    await loads("resumes-slowly");
    await loads("resumes-without-length");
  });

  it("fails where the file has changed, the server ignores the range, or does not come back", async () => {
    for (const name of ["changed", "ignores-range"]) {
      await failsWith("FETCH_FAILED", () => loadTested(server.url(name)), new RegExp(`/${name}\\b.*broke off after`));
    }
    await failsWith("FETCH_FAILED", () => loadTested(server.url("never-goes-on")), /503|broke off/);
    await failsWith("FETCH_FAILED", () => loadTested(server.url("cut")));
  });

  it("is given up on an abort", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    await failsWith("ABORTED", () => loadTested(server.url("never-goes-on"), { signal: controller.signal }));
  });

  it("is not taken from a server that sends a part unasked", async () => {
    await failsWith("FETCH_FAILED", () => loadTested(server.url("part")), /206/);
  });
});

const places = {
  "a folder": () => ({ cache: { folder }, kept: () => readdirSync(folder) }),
  "a cache of one's own": () => {
    const cache = memoryCache();
    return { cache, kept: () => [...cache.kept.keys()] };
  },
};

for (const [title, open] of Object.entries(places)) {
  describe(`a model kept in ${title}`, () => {
    it("is fetched once, and comes from there when the server is gone", async () => {
      const { cache } = open();
      assert.equal(await loads("model", { cache }), "stored");
      server.served.as = "nothing";
      assert.equal(await loads("model", { cache }), "hit");
      assert.deepEqual(server.requests, ["/model"]);
      assert.equal(await loads("good", { cache }), "stored", "another address is another model");
    });

    it("works with workers", async () => {
      const { cache } = open();
      assert.equal(await loads("model", { cache, workers: 2 }), "stored");
      assert.equal(await loads("model", { cache, workers: 1 }), "hit");
    });

    const codes = {
      nothing: "FETCH_FAILED",
      html: "FETCH_FAILED",
      lfs: "FETCH_FAILED",
      empty: "FETCH_FAILED",
      text: "MODEL_FORMAT",
      cut: "FETCH_FAILED",
      half: "MODEL_FORMAT",
      first: "MODEL_FORMAT",
      last: "MODEL_FORMAT",
      shorter: "MODEL_FORMAT",
      flipped: "MODEL_HASH",
      part: "FETCH_FAILED",
      changed: "FETCH_FAILED",
      "ignores-range": "FETCH_FAILED",
    };
    for (const [fault, code] of Object.entries(codes)) {
      it(`is not kept when the server's fault is "${fault}", and the next load works`, async () => {
        const { cache, kept } = open();
        server.served.as = fault;
        await failsWith(code, () => loadTested(server.url("model"), { cache }));
        assert.deepEqual(kept(), []);
        server.served.as = "good";
        assert.equal(await loads("model", { cache }), "stored");
        assert.equal(await loads("model", { cache }), "hit");
      });
    }

    for (const fault of ["chunked", "gzip", "slow", "longer", "resumes", "resumes-slowly"]) {
      it(`is kept when the server's way is "${fault}"`, async () => {
        const { cache } = open();
        server.served.as = fault;
        assert.equal(await loads("model", { cache }), "stored");
        server.served.as = "nothing";
        assert.equal(await loads("model", { cache }), "hit");
      });
    }

    it("is not kept when the load is cancelled half-way", async () => {
      const { cache, kept } = open();
      server.served.as = "stalled";
      const controller = new AbortController();
      const onProgress = () => setImmediate(() => controller.abort());
      await failsWith("ABORTED", () =>
        loadTested(server.url("model"), { cache, onProgress, signal: controller.signal }),
      );
      assert.deepEqual(kept(), []);
    });

    it("is asked after only on request, and good where nobody answers", async () => {
      const { cache } = open();
      server.served.as = "resumes"; // has an etag
      await loads("model", { cache });
      assert.equal(await loads("model", { cache, revalidate: true }), "hit");
      server.served.as = "nothing";
      assert.equal(await loads("model", { cache, revalidate: true }), "hit");
      server.served.as = "good"; // has none
      assert.equal(await loads("model", { cache, revalidate: true }), "hit");
    });
  });
}

describe("a kept model that is damaged", () => {
  const damages = {
    "cut to one byte": (bytes) => bytes.slice(0, 1),
    "cut in half": (bytes) => bytes.slice(0, bytes.length >> 1),
    "cut by its last byte": (bytes) => bytes.slice(0, -1),
    "with one bit flipped": (bytes) => bytes.with(bytes.length - 500, bytes.at(-500) ^ 1),
    "replaced by a page": () => new TextEncoder().encode("<!doctype html><p>not found"),
    empty: () => new Uint8Array(0),
  };
  for (const [title, damage] of Object.entries(damages)) {
    it(`${title}, is removed and fetched once more (cache)`, async () => {
      const cache = memoryCache();
      await loads("model", { cache });
      const [entry] = cache.kept.values();
      entry.bytes = damage(entry.bytes);
      assert.equal(await loads("model", { cache }), "stored");
      assert.equal(server.requests.length, 2);
      assert.equal(await loads("model", { cache }), "hit");
    });

    it(`${title}, is removed and fetched once more (folder)`, async () => {
      const cache = { folder: pathToFileURL(folder) };
      await loads("model", { cache });
      const name = path.join(
        folder,
        readdirSync(folder).find((entry) => !entry.endsWith(".json")),
      );
      writeFileSync(name, damage(new Uint8Array(readFileSync(name))));
      assert.equal(await loads("model", { cache }), "stored");
      assert.equal(await loads("model", { cache }), "hit");
    });
  }

  it("fails by the server's fault if that has nothing better, and is gone", async () => {
    const cache = memoryCache();
    await loads("model", { cache });
    cache.kept.values().next().value.bytes[file.length - 500] ^= 1;
    server.served.as = "nothing";
    await failsWith("FETCH_FAILED", () => loadTested(server.url("model"), { cache }), /404/);
    assert.equal(cache.kept.size, 0);
  });

  it("has a label that is damaged, cut, or of another address", async () => {
    const cache = { folder };
    await loads("model", { cache });
    const label = path.join(
      folder,
      readdirSync(folder).find((entry) => entry.endsWith(".json")),
    );
    for (const text of ["", "{", "null", "[]", '{"url":"http://other/model","length":1}']) {
      writeFileSync(label, text);
      assert.equal(await loads("model", { cache }), "stored");
    }
    truncateSync(label, 0);
    assert.equal(await loads("model", { cache }), "stored");
  });
});

describe("a cache that fails does not fail the load:", () => {
  const broken = (part) => ({
    ...memoryCache(),
    [part]: async () => {
      throw new DOMException("quota", "QuotaExceededError");
    },
  });
  it("reading", async () => assert.equal(await loads("model", { cache: broken("match") }), "failed"));
  it("writing", async () => assert.equal(await loads("model", { cache: broken("put") }), "failed"));

  it("breaking half-way", async () => {
    const cache = memoryCache();
    cache.put = async (_url, response) => {
      const reader = response.body.getReader();
      await reader.read();
      throw new DOMException("quota", "QuotaExceededError");
    };
    assert.equal(await loads("model", { cache }), "failed");
    assert.equal(server.requests.length, 1);
  });

  it("keeping what should be removed", async () => {
    const cache = memoryCache();
    await loads("model", { cache });
    cache.kept.values().next().value.bytes[file.length - 500] ^= 1;
    cache.delete = async () => false;
    cache.put = async () => {};
    assert.equal(await loads("model", { cache }), "failed");
  });

  it("a folder that is a file", async () => {
    writeFileSync(path.join(folder, "taken"), "");
    assert.equal(await loads("model", { cache: { folder: path.join(folder, "taken") } }), "failed");
  });
});

describe("the cache", () => {
  it("is not touched by sources without an address, and not looked for elsewhere", async () => {
    const cache = memoryCache();
    const model = await loadTested(file, { cache });
    assert.equal(model.info().cache, "none");
    const posted = new Request(server.url("good"), { method: "POST", body: "x", duplex: "half" });
    const other = await loadTested(posted, { cache });
    assert.equal(other.info().cache, "none");
    assert.equal(cache.kept.size, 0);
    for (const one of [model, other]) one.dispose();
  });

  it("keeps what several loads bring at once", async () => {
    const cache = { folder };
    const outcomes = await Promise.all([1, 2, 3].map(() => loads("model", { cache })));
    assert.ok(
      outcomes.every((outcome) => outcome === "stored" || outcome === "hit"),
      `${outcomes}`,
    );
    assert.equal(await loads("model", { cache }), "hit");
    assert.equal(readdirSync(folder).length, 2);
  });

  it("is refused by name where it makes no sense", async () => {
    for (const cache of ["browser", "opfs", "disk", {}, { folder: 5 }, null, [], { match() {} }]) {
      await failsWith("INVALID_ARGUMENT", () => loadTested(server.url("good"), { cache }), /options\.cache/);
    }
    await failsWith("INVALID_ARGUMENT", () => loadTested(file, { revalidate: "yes" }), /options\.revalidate/);
  });

  it("makes the folder, and can be used from a path with odd characters", async () => {
    const odd = path.join(folder, "a b", "ü#%");
    mkdirSync(path.dirname(odd), { recursive: true });
    assert.equal(await loads("model", { cache: { folder: odd } }), "stored");
    assert.equal(await loads("model", { cache: { folder: odd } }), "hit");
    rmSync(odd, { recursive: true });
  });
});
