// Where a model may come from, and what happens when it does not come as it should.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { convert } from "kinvec/convert";
import { assertSameBits, failsWith, loadTested } from "./helpers.mjs";
import { serveModel } from "./model_server.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const file = await convert(tinyCheckpoint(), { calibration: false, name: "tiny" });
const checkpoint = tinyCheckpoint();
let server;
let folder;
let expected;

before(async () => {
  server = await serveModel(file);
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-sources-"));
  writeFileSync(path.join(folder, "tiny.gguf"), file);
  for (const [name, contents] of Object.entries(checkpoint)) {
    mkdirSync(path.join(folder, "tiny model", path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, "tiny model", name), contents);
  }
  const model = await loadTested(file);
  [expected] = (await model.embed("the cat sat")).vectors;
  model.dispose();
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Loads the source and asserts that it is the model; answers the progress that was reported. */
async function loads(source, options = {}) {
  const steps = [];
  const model = await loadTested(source, { onProgress: (step) => steps.push(step), ...options });
  assertSameBits((await model.embed("the cat sat")).vectors[0], expected);
  model.dispose();
  assert.equal(steps.at(-1).fraction, 1);
  assert.ok(steps.every(({ fraction }, i) => i === 0 || fraction >= steps[i - 1].fraction));
  return steps;
}

function streamOf(bytes, size) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
}

describe("a model loads from", () => {
  it("bytes in every form", async () => {
    await loads(file);
    await loads(Buffer.from(file));
    await loads(file.slice().buffer);
    const shifted = new Uint8Array(file.length + 7);
    shifted.set(file, 7);
    await loads(shifted.subarray(7));
    await loads(new DataView(shifted.buffer, 7));
  });

  it("a Blob and a File", async () => {
    await loads(new Blob([file]));
    await loads(new File([file], "tiny.gguf"));
  });

  it("a URL, as text, URL or Request", async () => {
    await loads(server.url("good"));
    await loads(new URL(server.url("good")));
    await loads(new Request(server.url("good")));
    await loads("good", { baseUrl: server.url("") });
  });

  it("a Response and a stream, whatever the size of its chunks", async () => {
    await loads(await fetch(server.url("good")));
    await loads(new Response(file));
    await loads(streamOf(file, 1000));
    await loads(streamOf(file.subarray(0, file.length), file.length));
    const response = await fetch(server.url("good"));
    await loads(response.body);
  });

  it("a stream that begins with single bytes", async () => {
    const head = streamOf(file.subarray(0, 40), 1);
    const whole = new ReadableStream({
      async start(controller) {
        for await (const chunk of head) controller.enqueue(chunk);
        controller.enqueue(file.slice(40));
        controller.close();
      },
    });
    await loads(whole);
  });

  it("a stream that hands out one Buffer again and again", async () => {
    const buffer = Buffer.alloc(1 << 10);
    let at = 0;
    const stream = new ReadableStream(
      {
        pull(controller) {
          if (at >= file.length) return controller.close();
          const taken = buffer.fill(file.subarray(at, at + buffer.length)).subarray(0, file.length - at);
          at += taken.length;
          controller.enqueue(taken);
        },
      },
      { highWaterMark: 0 },
    );
    await loads(stream);
  });

  it("a path and a file: URL", async () => {
    await loads(path.join(folder, "tiny.gguf"));
    await loads(path.relative(process.cwd(), path.join(folder, "tiny.gguf")));
    await loads(pathToFileURL(path.join(folder, "tiny.gguf")));
    await loads(pathToFileURL(path.join(folder, "tiny.gguf")).href);
  });

  it("a checkpoint folder, by path or by contents", async () => {
    await loads(path.join(folder, "tiny model"));
    await loads(pathToFileURL(path.join(folder, "tiny model")));
    await loads(checkpoint);
    const blobs = Object.entries(checkpoint).map(([name, contents]) => [name, new Blob([contents])]);
    await loads(Object.fromEntries(blobs));
  });

  it("the files of a folder input", async () => {
    const files = Object.entries(checkpoint).map(([name, contents]) => {
      const entry = new File([contents], path.basename(name));
      Object.defineProperty(entry, "webkitRelativePath", { value: `tiny model/${name}` });
      return entry;
    });
    await loads(files);
  });

  it("a body without a length, with one that is wrong, or packed on the way", async () => {
    await loads(server.url("chunked"));
    await loads(server.url("gzip"));
    await loads(new Response(file, { headers: { "content-length": "100" } }));
    await loads(new Response(file, { headers: { "content-length": `${file.length + 1000}` } }));
    await loads(new Response(file, { headers: { "content-length": "987654321987" } }));
    await loads(new Response(file, { headers: { "content-length": "many" } }));
  });

  it("exactly the address given", async () => {
    server.requests.length = 0;
    await loads(server.url("good"));
    assert.deepEqual(server.requests, ["/good"]);
  });
});

describe("progress", () => {
  it("counts bytes up to the length and names its stages", async () => {
    const steps = await loads(server.url("good"));
    const downloads = steps.filter(({ stage }) => stage === "download");
    assert.equal(downloads.at(-1).loaded, file.length);
    assert.equal(downloads.at(-1).total, file.length);
    assert.equal(steps.at(-1).stage, "prepare");
  });

  it("leaves the total out where it is not known", async () => {
    for (const { total } of await loads(server.url("chunked"))) assert.equal(total, undefined);
  });
});

describe("a load fails, by code and with the address,", () => {
  const fails = (name, code, pattern) =>
    failsWith(code, () => loadTested(server.url(name)), pattern && new RegExp(`/${name}\\b.*${pattern}`));

  it("when there is nothing at the address", async () => {
    await fails("nothing", "FETCH_FAILED", "404");
    await failsWith("FETCH_FAILED", () => loadTested("http://127.0.0.1:9/x.gguf"), /127\.0\.0\.1:9\/x\.gguf/);
    await failsWith("FETCH_FAILED", () => loadTested(path.join(folder, "missing.gguf")), /missing\.gguf/);
  });

  it("when a page comes instead of a model", async () => {
    await fails("html", "FETCH_FAILED", "got HTML");
    await fails("lfs", "FETCH_FAILED", "Git LFS pointer");
    await fails("empty", "FETCH_FAILED", "empty");
    const error = await fails("text", "MODEL_FORMAT", "GGUF");
    assert.equal(error.at, 0);
  });

  it("when the body is cut on the way", async () => {
    await fails("cut", "FETCH_FAILED");
    const announced = { headers: { "content-length": `${file.length}` } };
    const half = new Response(file.subarray(0, file.length >> 1), announced);
    await failsWith("FETCH_FAILED", () => loadTested(half), new RegExp(`ended after \\d+ of ${file.length} bytes`));
  });

  it("when the file is cut or damaged", async () => {
    await fails("half", "MODEL_FORMAT");
    await fails("last", "MODEL_FORMAT");
    await fails("first", "MODEL_FORMAT");
    await fails("flipped", "MODEL_HASH");
  });

  it("when a stream gives something else than bytes, breaks, or was read before", async () => {
    const texts = new ReadableStream({
      start(controller) {
        controller.enqueue("text");
        controller.close();
      },
    });
    await failsWith("INVALID_ARGUMENT", () => loadTested(texts), /Uint8Array chunks, not string/);
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("unplugged")) });
    await failsWith("FETCH_FAILED", () => loadTested(broken), /unplugged/);
    const used = new Response(file);
    await used.arrayBuffer();
    await failsWith("INVALID_ARGUMENT", () => loadTested(used), /already read/);
    const locked = new Response(file).body;
    locked.getReader();
    await failsWith("INVALID_ARGUMENT", () => loadTested(locked), /already being read/);
  });

  it("when the file is larger than any memory", async () => {
    const huge = path.join(folder, "huge.gguf");
    writeFileSync(huge, "GGUF and then nothing for long");
    truncateSync(huge, 6e9); // takes no space on the disk
    await failsWith("OUT_OF_MEMORY", () => loadTested(huge), /6000000000 bytes/);
  });

  it("and the next load works", async () => {
    await loads(server.url("good"));
  });
});

describe("a load is cancelled", () => {
  it("before it begins", async () => {
    server.requests.length = 0;
    await failsWith("ABORTED", () => loadTested(server.url("good"), { signal: AbortSignal.abort() }));
    assert.deepEqual(server.requests, []);
  });

  it("half-way through a download that hangs", async () => {
    const controller = new AbortController();
    const onProgress = () => setImmediate(() => controller.abort(new Error("too slow")));
    const error = await failsWith("ABORTED", () =>
      loadTested(server.url("stalled"), { signal: controller.signal, onProgress }),
    );
    assert.equal(error.cause.message, "too slow");
  });

  it("in a stream, which is cancelled with it", async () => {
    const controller = new AbortController();
    let cancelled = false;
    const endless = new ReadableStream({
      pull: (stream) => stream.enqueue(file.slice(0, 1000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const onProgress = ({ loaded }) => loaded > 50_000 && controller.abort();
    await failsWith("ABORTED", () => loadTested(endless, { signal: controller.signal, onProgress }));
    assert.ok(cancelled);
  });

  it("while a checkpoint is converted", async () => {
    const controller = new AbortController();
    const onProgress = ({ fraction }) => fraction > 0.4 && controller.abort();
    await failsWith("ABORTED", () => loadTested(checkpoint, { signal: controller.signal, onProgress }));
  });
});
