// Where a tokenizer may come from, and what happens when it does not come as it should.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { convert } from "kinvec/convert";
import { loadTokenizer } from "kinvec/tokenizers";
import { binaryOption, failsWith, modelFile } from "./helpers.mjs";
import { serveModel } from "./model_server.mjs";
import { bpeJson, unigramJson, wordpieceJson } from "./small_tokenizers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const json = wordpieceJson();
const text = JSON.stringify(json);
const file = new TextEncoder().encode(text);
const sample = "The unwanted CAT!";
const expected = ["[CLS]", "the", "un", "##want", "##ed", "cat", "!", "[SEP]"];

const loadTested = (source, options = {}) => loadTokenizer(source, { ...binaryOption, ...options });

let server;
let folder;
before(async () => {
  server = await serveModel(file);
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-tokenizers-"));
  writeFileSync(path.join(folder, "tokenizer.json"), file);
  mkdirSync(path.join(folder, "a model"));
  writeFileSync(path.join(folder, "a model/tokenizer.json"), file);
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** Loads the source and asserts that it is the tokenizer; answers the progress that was reported. */
async function loads(source, options = {}) {
  const steps = [];
  const tokenizer = await loadTested(source, { onProgress: (step) => steps.push(step), ...options });
  assert.deepEqual(tokenizer.encode(sample).tokens, expected);
  tokenizer.dispose();
  assert.equal(steps.at(-1).fraction, 1);
  assert.ok(steps.every(({ fraction }, i) => i === 0 || fraction >= steps[i - 1].fraction));
  return steps;
}

describe("a tokenizer loads from", () => {
  it("the parsed contents of a tokenizer.json, or its text", async () => {
    await loads(json);
    await loads(Object.assign(Object.create(null), json));
    await loads(text);
    await loads(` \n${text}`);
    await loads(`\uFEFF${text}`);
  });

  it("bytes in every form, with a byte order mark or without", async () => {
    await loads(file);
    await loads(file.slice().buffer);
    await loads(new DataView(file.buffer));
    await loads(new TextEncoder().encode(`\uFEFF${text}`));
  });

  it("a Blob, a File, a Response and a stream", async () => {
    await loads(new Blob([file]));
    await loads(new File([file], "tokenizer.json"));
    await loads(new Response(file));
    await loads(new Blob([file]).stream());
  });

  it("a URL, as text, URL or Request, packed on the way or without a length", async () => {
    await loads(server.url("good"));
    await loads(new URL(server.url("good")));
    await loads(new Request(server.url("good")));
    await loads("good", { baseUrl: server.url("") });
    await loads(server.url("chunked"));
    await loads(server.url("gzip"));
  });

  it("a path and a file: URL, of the file or of its folder", async () => {
    for (const location of [path.join(folder, "tokenizer.json"), path.join(folder, "a model")]) {
      await loads(location);
      await loads(pathToFileURL(location));
      await loads(path.relative(process.cwd(), location));
    }
  });

  it("the contents of a checkpoint folder", async () => {
    await loads({ "tokenizer.json": text, "config.json": "{}" });
    await loads({ "tokenizer.json": new Blob([file]) });
    await loads([new File([file], "tokenizer.json")]);
  });

  it("exactly the address given", async () => {
    server.requests.length = 0;
    await loads(server.url("good"));
    assert.deepEqual(server.requests, ["/good"]);
  });
});

describe("a tokenizer of a model's GGUF file", () => {
  it("gives the model's tokens", async () => {
    const bytes = await convert(tinyCheckpoint(), { calibration: false });
    const tokenizer = await loadTested(bytes);
    assert.deepEqual(tokenizer.encode(sample).tokens, expected);
    assert.equal(tokenizer.info().maxTokens, 16);
    assert.equal(tokenizer.info().model, "WordPiece");
    await failsWith("UNSUPPORTED_TOKENIZER", () => tokenizer.toJSON(), /llama\.cpp/);
  });

  it("is read from the metadata: the weights are neither downloaded nor held", async () => {
    const bytes = readFileSync(modelFile);
    const kPiece = 1 << 16;
    let sent = 0;
    const slow = createServer((_, response) => {
      response.writeHead(200, { "content-length": bytes.length });
      const push = () => {
        while (sent < bytes.length && !response.destroyed) {
          const piece = bytes.subarray(sent, sent + kPiece);
          sent += kPiece;
          if (!response.write(piece)) return void response.once("drain", push);
        }
        response.end();
      };
      push();
    });
    await new Promise((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const tokenizer = await loadTested(`http://127.0.0.1:${slow.address().port}/model.gguf`);
    slow.close();
    slow.closeAllConnections();
    assert.ok(sent < bytes.length / 2, `${sent} bytes were sent`);
    assert.ok(tokenizer.info().memoryBytes < bytes.length / 2);
    assert.deepEqual(tokenizer.encode("Unbelievably good!", { addSpecialTokens: false }).tokens, [
      ...["un", "##bel", "##ie", "##va", "##bly", "good", "!"],
    ]);
  });

  it("is refused where the file ends in its header", async () => {
    const bytes = readFileSync(modelFile);
    await failsWith("MODEL_FORMAT", () => loadTested(bytes.subarray(0, 20)), /header/);
    await failsWith("MODEL_FORMAT", () => loadTested(bytes.subarray(0, 5000)), /header/);
  });
});

describe("loading a tokenizer fails, by code and with the name of the source,", () => {
  const fails = (name, code, pattern) =>
    failsWith(code, () => loadTested(server.url(name)), new RegExp(`/${name}\\b.*${pattern}`));

  it("when there is nothing at the address, or something else", async () => {
    await fails("nothing", "FETCH_FAILED", "404");
    await fails("html", "FETCH_FAILED", "got HTML");
    await fails("lfs", "FETCH_FAILED", "Git LFS pointer");
    await fails("empty", "FETCH_FAILED", "empty");
    await fails("text", "MODEL_FORMAT", "neither a tokenizer.json nor a GGUF file");
    await failsWith("FETCH_FAILED", () => loadTested(path.join(folder, "missing.json")), /missing\.json/);
    await failsWith("FETCH_FAILED", () => loadTested({ "tokenizer.json": "" }), /empty/);
    await failsWith("MODEL_FORMAT", () => loadTested([new File(["{}"], "config.json")]), /no tokenizer\.json/);
  });

  it("when the body is cut on the way", async () => {
    await fails("cut", "FETCH_FAILED", "");
    await fails("half", "MODEL_FORMAT", "not valid JSON");
    const announced = { headers: { "content-length": `${file.length}` } };
    const half = new Response(file.subarray(0, file.length >> 1), announced);
    await failsWith("FETCH_FAILED", () => loadTested(half), new RegExp(`ended after \\d+ of ${file.length} bytes`));
  });

  it("when the source is of no kind that is known", async () => {
    for (const source of [undefined, null, 7, true, new Map(), () => {}]) {
      await failsWith("INVALID_ARGUMENT", () => loadTested(source), /source must be/);
    }
  });

  it("when an option is wrong", async () => {
    await failsWith("INVALID_ARGUMENT", () => loadTokenizer(json, 7), /options must be an object/);
    await failsWith("INVALID_ARGUMENT", () => loadTokenizer(json, { binary: "fast" }), /options\.binary/);
    await failsWith("INVALID_ARGUMENT", () => loadTokenizer(json, { onProgress: 1 }), /options\.onProgress/);
  });

  it("when the signal has fired, or fires on the way", async () => {
    await failsWith("ABORTED", () => loadTested(json, { signal: AbortSignal.abort() }));
    const controller = new AbortController();
    const stalled = loadTested(server.url("stalled"), { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await failsWith("ABORTED", () => stalled);
  });
});

describe("a damaged tokenizer.json is told", () => {
  const refused = (code, source, pattern) => failsWith(code, () => loadTested(source), pattern);
  const model = (changes, make = wordpieceJson) => make({ model: { ...make().model, ...changes } });

  it("where it is no JSON, or no tokenizer", async () => {
    await refused("MODEL_FORMAT", text.slice(0, -1), /not valid JSON/);
    await refused("MODEL_FORMAT", "{]", /not valid JSON/);
    await refused("MODEL_FORMAT", {}, /no "model"/);
    await refused("MODEL_FORMAT", { model: "BPE" }, /model must be an object, not string/);
    await refused("UNSUPPORTED_TOKENIZER", { ...json, version: "2.0" }, /version "2\.0"/);
  });

  it("where the model is of a kind that is not known", async () => {
    await refused("UNSUPPORTED_TOKENIZER", model({ type: "Morphemes" }), /"Morphemes"/);
    await refused("UNSUPPORTED_TOKENIZER", model({ type: "constructor" }), /"constructor"/);
  });

  it("where the vocabulary is missing or is none", async () => {
    await refused("MODEL_FORMAT", model({ vocab: undefined }), /vocab must be an object, not undefined/);
    await refused("MODEL_FORMAT", model({ vocab: [["a", 1]] }), /vocab must be an object, not array/);
    await refused("MODEL_FORMAT", model({ vocab: { a: 0, b: "1" } }), /"b" the id "1"/);
    await refused("MODEL_FORMAT", model({ vocab: { a: 0, b: -1 } }), /"b" the id -1/);
    await refused("MODEL_FORMAT", model({ vocab: { a: 0, b: 1.5 } }), /"b" the id 1\.5/);
    await refused("MODEL_FORMAT", model({ vocab: { a: 0, b: 0 } }), /"a" and "b" the same id 0/);
    await refused("MODEL_FORMAT", model({ vocab: { a: 0, b: 2 ** 31 } }), /"b" the id 2147483648/);
    await refused("MODEL_FORMAT", model({ vocab: { a: 0, b: 9_999_999 } }), /2 tokens with ids up to 9999999/);
    await refused("MODEL_FORMAT", model({ vocab: {} }, unigramJson), /"vocab" must be an array, not object/);
    await refused("MODEL_FORMAT", model({ vocab: [["a"]] }, unigramJson), /no pair of token and score at 0/);
  });

  it("where merges are missing, are none, or name unknown tokens", async () => {
    await refused("MODEL_FORMAT", model({ merges: undefined }, bpeJson), /"merges" must be an array, not undefined/);
    await refused("MODEL_FORMAT", model({ merges: ["t h e"] }, bpeJson), /merges\[0\] is no pair/);
    await refused("MODEL_FORMAT", model({ merges: [["t"]] }, bpeJson), /merges\[0\] is no pair/);
    await refused("MODEL_FORMAT", model({ merges: [["t", "h"], 7] }, bpeJson), /merges\[1\] is no pair/);
    await refused("MODEL_FORMAT", model({ merges: ["t qq"] }, bpeJson), /merges\[0\] has "qq"/);
  });

  it("where added tokens are none", async () => {
    await refused("MODEL_FORMAT", wordpieceJson({ added_tokens: {} }), /"added_tokens" must be an array/);
    await refused("MODEL_FORMAT", wordpieceJson({ added_tokens: [7] }), /added_tokens\[0\] must be an object/);
    await refused("MODEL_FORMAT", wordpieceJson({ added_tokens: [{ content: "x" }] }), /must be true or false/);
  });

  it("where an added token would get an id of the vocabulary", async () => {
    const vocab = { ...json.model.vocab };
    delete vocab["##5"];
    await refused("UNSUPPORTED_TOKENIZER", model({ vocab }), /added_tokens\[5\] gets id \d+, which/);
  });

  it("where a stage is none, or is not known", async () => {
    await refused("MODEL_FORMAT", wordpieceJson({ normalizer: "NFC" }), /normalizer must be an object, not string/);
    await refused("UNSUPPORTED_TOKENIZER", wordpieceJson({ normalizer: {} }), /does not say its type/);
    await refused("UNSUPPORTED_TOKENIZER", wordpieceJson({ normalizer: { type: "Rot13" } }), /Rot13/);
    await refused("UNSUPPORTED_TOKENIZER", wordpieceJson({ pre_tokenizer: { type: "Rot13" } }), /Rot13/);
    await refused("UNSUPPORTED_TOKENIZER", wordpieceJson({ decoder: { type: "Rot13" } }), /Rot13/);
    await refused("UNSUPPORTED_TOKENIZER", wordpieceJson({ post_processor: { type: "Rot13" } }), /Rot13/);
    const nested = (depth) => (depth === 0 ? { type: "NFC" } : { type: "Sequence", normalizers: [nested(depth - 1)] });
    await refused("MODEL_FORMAT", wordpieceJson({ normalizer: nested(1000) }), /nested too deeply/);
    let deep = 1;
    for (let i = 0; i < 1000; i++) deep = { deep };
    await refused("MODEL_FORMAT", wordpieceJson({ normalizer: { type: "NFC", deep } }), /nested too deeply/);
  });

  it("and leaves other tokenizers as they are", async () => {
    const tokenizer = await loadTested(json);
    await refused("MODEL_FORMAT", "{}", /model/);
    assert.deepEqual(tokenizer.encode(sample).tokens, expected);
  });
});
