// kinvec serve, asked by the client of OpenAI's own package and by plain requests.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Agent } from "node:http";
import { after, before, describe, it } from "node:test";
import OpenAI from "openai";
import { loadTested, modelFile } from "../js/helpers.mjs";
import { ask, beginRequest, json, program, startServer } from "./server.mjs";
import { assertVectors, expectedVectors, longText, texts } from "./shared.mjs";

const name = "all-MiniLM-L6-v2";
const clientOf = (server, options = {}) =>
  new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "none", maxRetries: 0, ...options });

/** Whether a server takes no more requests. Those of text are refused at once, and so take no other's place. */
const isFull = async ({ url }) => {
  const { status } = await ask(`${url}/v1/embeddings`, { headers: { "content-type": "text/plain" }, body: "" });
  assert.ok(status === 415 || status === 503);
  return status === 503;
};
const bodyOf = (fields) => JSON.stringify({ model: name, input: "a fox", ...fields });

let model;
let server;
let client;
before(async () => {
  model = await loadTested(modelFile);
  server = await startServer();
  client = clientOf(server);
});
after(async () => {
  await server.stop();
  model.dispose();
});

describe("the client of OpenAI", () => {
  it("gets the model's own vectors, bit for bit, by its default base64", async () => {
    const { data, usage, ...rest } = await client.embeddings.create({ model: name, input: texts });
    assertVectors(
      data.map(({ embedding }) => embedding),
      await expectedVectors(model, texts),
    );
    assert.deepEqual(
      data.map(({ index, object }) => `${object} ${index}`),
      texts.map((_, i) => `embedding ${i}`),
    );
    const tokens = (await model.embed(texts)).tokenCounts.reduce((sum, count) => sum + count, 0);
    assert.deepEqual(usage, { prompt_tokens: tokens, total_tokens: tokens });
    assert.deepEqual([rest.object, rest.model], ["list", name]);
  });

  it("gets them as numbers, shortened, and of one text", async () => {
    const request = { model: name, input: texts[1], encoding_format: "float", dimensions: 128, user: "someone" };
    const { data } = await client.embeddings.create(request);
    assertVectors([data[0].embedding], await expectedVectors(model, [texts[1]], { dimensions: 128 }));
  });

  it("gets an empty list for an empty list", async () => {
    assert.deepEqual((await client.embeddings.create({ model: name, input: [] })).data, []);
  });

  it("lists the model", async () => {
    const { data } = await client.models.list();
    assert.deepEqual(
      data.map(({ id, object }) => [id, object]),
      [[name, "model"]],
    );
    assert.equal((await client.models.retrieve(name)).id, name);
    await assert.rejects(client.models.retrieve("other/model"), OpenAI.NotFoundError);
  });

  it("gets its own kinds of error", async () => {
    const failure = async (fields) => {
      try {
        await client.embeddings.create({ model: name, input: "a", ...fields });
      } catch (error) {
        return error;
      }
    };
    const wrong = await failure({ dimensions: 1000 });
    assert.ok(wrong instanceof OpenAI.BadRequestError);
    assert.deepEqual(
      [wrong.status, wrong.code, wrong.param, wrong.type],
      [400, "invalid_argument", "dimensions", "invalid_request_error"],
    );
    const missing = await failure({ model: "text-embedding-3-small" });
    assert.ok(missing instanceof OpenAI.NotFoundError);
    assert.equal(missing.code, "model_not_found");
    const ids = await failure({ input: [[1, 2, 3]] });
    assert.match(ids.message, /token ids cannot be embedded/);
    assert.equal((await failure({ input: longText })).code, "text_too_long");
  });

  it("may ask many things at once", async () => {
    const lists = Array.from({ length: 48 }, (_, i) => [`question ${i}`, texts[i % texts.length]]);
    const answers = await Promise.all(lists.map((input) => client.embeddings.create({ model: name, input })));
    for (const [i, { data }] of answers.entries()) {
      assertVectors(
        data.map(({ embedding }) => embedding),
        await expectedVectors(model, lists[i]),
      );
    }
  });
});

describe("a request", () => {
  for (const [what, address, request, status, code, param = null] of [
    ["to no address", "/v1/chat", {}, 404, "not_found"],
    ["to the root", "/", { method: "GET" }, 404, "not_found"],
    ["for no such model", "/v1/models/%E0%A4", { method: "GET" }, 404, "model_not_found", "model"],
    ["by GET", "/v1/embeddings", { method: "GET" }, 405, "method_not_allowed"],
    ["by PUT", "/v1/embeddings", { method: "PUT", body: "{}" }, 405, "method_not_allowed"],
    ["by DELETE", "/v1/models", { method: "DELETE" }, 405, "method_not_allowed"],
    ["by OPTIONS", "/v1/embeddings", { method: "OPTIONS" }, 405, "method_not_allowed"],
    ["to health by POST", "/health", { body: "{}" }, 405, "method_not_allowed"],
    [
      "of text",
      "/v1/embeddings",
      { headers: { "content-type": "text/plain" }, body: bodyOf() },
      415,
      "unsupported_media_type",
    ],
    ["of no type", "/v1/embeddings", { headers: {}, body: new Uint8Array(2) }, 415, "unsupported_media_type"],
    [
      "in another charset",
      "/v1/embeddings",
      { headers: { "content-type": "application/json; charset=latin1" }, body: bodyOf() },
      415,
      "unsupported_media_type",
    ],
    [
      "compressed",
      "/v1/embeddings",
      { headers: { ...json, "content-encoding": "gzip" }, body: "x" },
      415,
      "unsupported_media_type",
    ],
    ["without a body", "/v1/embeddings", {}, 400, "invalid_json"],
    ["of half a body", "/v1/embeddings", { body: '{"input": "a' }, 400, "invalid_json"],
    ["of broken UTF-8", "/v1/embeddings", { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, "invalid_json"],
    ["of a list", "/v1/embeddings", { body: "[]" }, 400, "invalid_argument"],
    ["of null", "/v1/embeddings", { body: "null" }, 400, "invalid_argument"],
    ["without a model", "/v1/embeddings", { body: bodyOf({ model: undefined }) }, 400, "missing_model", "model"],
    ["for another model", "/v1/embeddings", { body: bodyOf({ model: "x" }) }, 404, "model_not_found", "model"],
    ["without input", "/v1/embeddings", { body: bodyOf({ input: undefined }) }, 400, "invalid_argument", "input"],
    ["of input that is null", "/v1/embeddings", { body: bodyOf({ input: null }) }, 400, "invalid_argument", "input"],
    [
      "of a number among texts",
      "/v1/embeddings",
      { body: bodyOf({ input: ["a", 7] }) },
      400,
      "invalid_argument",
      "input",
    ],
    ["of token ids", "/v1/embeddings", { body: bodyOf({ input: [1, 2] }) }, 400, "invalid_argument", "input"],
    ["of no dimensions", "/v1/embeddings", { body: bodyOf({ dimensions: 0 }) }, 400, "invalid_argument", "dimensions"],
    [
      "of dimensions null",
      "/v1/embeddings",
      { body: bodyOf({ dimensions: null }) },
      400,
      "invalid_argument",
      "dimensions",
    ],
    [
      "in another encoding",
      "/v1/embeddings",
      { body: bodyOf({ encoding_format: "hex" }) },
      400,
      "invalid_argument",
      "encoding_format",
    ],
    ["of an unknown field", "/v1/embeddings", { body: bodyOf({ temperature: 1 }) }, 400, "invalid_argument"],
    ["of a long text", "/v1/embeddings", { body: bodyOf({ input: longText }) }, 400, "text_too_long"],
    [
      "of 2049 texts",
      "/v1/embeddings",
      { body: bodyOf({ input: Array(2049).fill("a") }) },
      413,
      "too_many_texts",
      "input",
    ],
    [
      "of too many tokens",
      "/v1/embeddings",
      { body: bodyOf({ input: Array(1200).fill("a ".repeat(250)) }) },
      413,
      "too_many_tokens",
      "input",
    ],
    ["of too many bytes", "/v1/embeddings", { body: `"${"a".repeat(8388607)}"` }, 413, "body_too_large"],
  ]) {
    it(`${what} is answered by ${status}, ${code}`, async () => {
      const answer = await ask(`${server.url}${address}`, request);
      assert.equal(answer.status, status);
      const { message, ...error } = answer.body.error;
      assert.deepEqual(error, { type: "invalid_request_error", param, code });
      assert.match(message, /^[a-z].+[^.]$/);
      assert.match(answer.headers.get("content-type"), /^application\/json/);
      if (status === 405) assert.match(answer.headers.get("allow"), /^(GET|POST)$/);
      assert.equal((await ask(`${server.url}/health`, { method: "GET" })).status, 200);
    });
  }

  it("of too many bytes is refused before its end, also where it does not say how long it is", async () => {
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(9_000_000).fill(32)),
    });
    const response = await fetch(`${server.url}/v1/embeddings`, {
      method: "POST",
      headers: json,
      body: endless,
      duplex: "half",
    });
    assert.equal(response.status, 413);
    await response.body.cancel();
  });

  it("may ask by HEAD", async () => {
    const response = await fetch(`${server.url}/v1/models`, { method: "HEAD" });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), "");
  });

  it("gets no CORS headers", async () => {
    const { headers } = await ask(`${server.url}/health`, { method: "GET", headers: { origin: "https://a.example" } });
    assert.equal(headers.get("access-control-allow-origin"), null);
  });

  it("leaves no word in the log", () => {
    const [first, ...rest] = server.output().trimEnd().split("\n");
    assert.match(first, /^kinvec: all-MiniLM-L6-v2, 384 dimensions, at http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(rest, ["kinvec: vectors are shortened to 128 dimensions, but the model was not trained for it"]);
  });
});

describe("kinvec serve with options", () => {
  let other;
  before(async () => {
    other = await startServer(
      ...["--alias", "text-embedding-3-small", "--truncate", "--workers", "2", "--host", "localhost"],
      ...["--cors", "https://a.example", "--cors", "https://b.example"],
      ...["--max-bytes", "2000", "--max-texts", "3", "--max-tokens", "20", "--max-requests", "1"],
    );
  });
  after(() => other.stop());
  const post = (fields) => ask(`${other.url}/v1/embeddings`, { body: bodyOf(fields) });

  it("answers to another name", async () => {
    const { status, body } = await post({ model: "text-embedding-3-small" });
    assert.deepEqual([status, body.model], [200, name]);
    const { data } = await clientOf(other).models.list();
    assert.deepEqual(
      data.map(({ id }) => id),
      [name, "text-embedding-3-small"],
    );
  });

  it("keeps its limits", async () => {
    assert.equal((await post({ input: ["a", "b", "c"] })).status, 200);
    assert.equal((await post({ input: ["a", "b", "c", "d"] })).body.error.code, "too_many_texts");
    assert.equal((await post({ input: "a ".repeat(18) })).status, 200);
    assert.equal((await post({ input: "a ".repeat(19) })).body.error.code, "too_many_tokens");
    assert.equal((await post({ input: "a".repeat(2000) })).body.error.code, "body_too_large");
  });

  it("turns away requests that would wait too long", async () => {
    const first = await beginRequest(`${other.url}/v1/embeddings`, bodyOf());
    while (!(await isFull(other)));
    const refused = await post();
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get("retry-after"), "1");
    assert.deepEqual([refused.body.error.type, refused.body.error.code], ["server_error", "overloaded"]);
    assert.equal((await ask(`${other.url}/health`, { method: "GET" })).status, 200);
    assert.equal((await first.finish()).status, 200);
    assert.equal((await post()).status, 200);
  });

  it("lets the pages of the given origins ask", async () => {
    const origin = "https://b.example";
    const headers = {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-one, x-two",
    };
    const preflight = await ask(`${other.url}/v1/embeddings`, { method: "OPTIONS", headers });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), origin);
    assert.equal(preflight.headers.get("access-control-allow-methods"), "POST");
    assert.equal(preflight.headers.get("access-control-allow-headers"), "x-one, x-two");
    const stranger = await ask(`${other.url}/health`, { method: "GET", headers: { origin: "https://c.example" } });
    assert.equal(stranger.headers.get("access-control-allow-origin"), null);
    assert.equal(stranger.headers.get("vary"), "origin");
    const wrong = await ask(`${other.url}/v1/embeddings`, { headers: { origin }, body: "" });
    assert.deepEqual([wrong.status, wrong.headers.get("access-control-allow-origin")], [415, origin]);
  });
});

describe("kinvec serve", () => {
  // Ten minutes of work: without an abort, the only place would not be free again in this test's time.
  it("stops working for a client that has gone", { timeout: 120_000 }, async (t) => {
    const one = await startServer(
      ...["--max-requests", "1", "--max-texts", "20000", "--max-tokens", "9999999", "--max-bytes", "99999999"],
    );
    t.after(() => one.stop());
    const long = await beginRequest(
      `${one.url}/v1/embeddings`,
      bodyOf({ input: Array(20_000).fill("a ".repeat(250)) }),
    );
    while (!(await isFull(one)));
    long.finish().catch(() => {});
    await long.sent;
    for (let i = 0; i < 50; i++) assert.ok(await isFull(one));
    long.destroy();
    while (await isFull(one));
    assert.equal((await ask(`${one.url}/v1/embeddings`, { body: bodyOf() })).status, 200);
  });

  it("stops working for a client of OpenAI that is told to", { timeout: 120_000 }, async (t) => {
    const one = await startServer("--max-requests", "1", "--max-tokens", "9999999");
    t.after(() => one.stop());
    const controller = new AbortController();
    const input = Array(2048).fill("a ".repeat(250));
    const long = clientOf(one).embeddings.create({ model: name, input }, { signal: controller.signal });
    const ended = assert.rejects(long, OpenAI.APIUserAbortError);
    while (!(await isFull(one)));
    controller.abort();
    await ended;
    while (await isFull(one));
  });

  for (const signal of ["SIGINT", "SIGTERM"]) {
    it(`answers what has come before it ends by ${signal}`, async (t) => {
      const one = await startServer();
      t.after(() => one.stop());
      const agent = new Agent({ keepAlive: true });
      const begun = await beginRequest(`${one.url}/v1/embeddings`, bodyOf(), agent);
      await ask(`${one.url}/health`, { method: "GET" });
      one.kill(signal);
      while (await ask(`${one.url}/health`, { method: "GET" }).catch(() => undefined)); // until it takes no more
      const { status, body, headers } = await begun.finish();
      assert.equal(status, 200);
      assert.equal(headers.connection, "close");
      assertVectors([body.data[0].embedding], await expectedVectors(model, ["a fox"]));
      assert.equal(await one.ended(), 0);
      agent.destroy();
    });
  }

  it("ends with a message where it cannot start", () => {
    const run = (...args) => spawnSync(process.execPath, [program, "serve", ...args], { encoding: "utf8" });
    const { port } = new URL(server.url);
    for (const [args, status, pattern] of [
      [[modelFile, "--port", port], 1, /^kinvec: .*EADDRINUSE/],
      [["missing.gguf"], 1, /^kinvec: FETCH_FAILED/],
      [[], 2, /^kinvec: an argument is missing\n\nkinvec serve </],
      [[modelFile, "--port", "65536"], 2, /^kinvec: --port must be an integer from 0 to 65535, not "65536"/],
      [[modelFile, "--port", "-1"], 2, /^kinvec: /],
      [[modelFile, "--workers", "0"], 2, /^kinvec: --workers must be/],
      [[modelFile, "--max-texts", "many"], 2, /^kinvec: --max-texts must be/],
      [[modelFile, "--dtype", "q3"], 2, /^kinvec: --dtype must be one of/],
    ]) {
      const ended = run(...args);
      assert.equal(ended.status, status, args.join(" "));
      assert.match(ended.stderr, pattern);
    }
  });
});
