// kinvec/adapters/llamaindex with an index, a retriever and a splitter of LlamaIndex.TS.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createEmbedding, createTokenizer } from "kinvec/adapters/llamaindex";
import { loadTokenizer } from "kinvec/tokenizers";
import {
  BaseEmbedding,
  Document,
  IngestionPipeline,
  MetadataMode,
  SentenceSplitter,
  Settings,
  VectorStoreIndex,
} from "llamaindex";
import { failsWith, loadTested, modelFile } from "../js/helpers.mjs";
import { abortedAtWork, assertVectors, expectedVectors, longText, manyTexts, texts, watched } from "./shared.mjs";

const recipes = [
  "A sour soup of beetroot.\nServed with cream.",
  "Wheat noodles in a rich broth.",
  "A cake with coffee.",
];

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

describe("an embedding for LlamaIndex", () => {
  it("is an instance of their class", () => {
    const embedding = createEmbedding(model, BaseEmbedding);
    assert.ok(embedding instanceof BaseEmbedding);
    Settings.embedModel = embedding;
    assert.equal(Settings.embedModel, embedding);
    assert.deepEqual(embedding.embedInfo, { dimensions: 384, maxTokens: 256 });
    assert.equal(createEmbedding(model, BaseEmbedding, { dimensions: 64 }).embedInfo.dimensions, 64);
  });

  it("gives the model's own vectors, bit for bit", async () => {
    const embedding = createEmbedding(model, BaseEmbedding);
    const expected = await expectedVectors(model, texts);
    assertVectors(await embedding.getTextEmbeddings(texts), expected);
    assertVectors(await embedding.getTextEmbeddingsBatch(texts), expected);
    for (const [i, text] of texts.entries()) {
      assertVectors([await embedding.getTextEmbedding(text)], [expected[i]]);
      assertVectors([await embedding.getQueryEmbedding({ type: "text", text })], [expected[i]]);
      assertVectors([await embedding.getQueryEmbedding(text)], [expected[i]]);
    }
    assert.equal(await embedding.getQueryEmbedding({ type: "image_url", image_url: { url: "x" } }), null);
    assert.ok(Math.abs(embedding.similarity(expected[0], expected[0]) - 1) < 1e-6);
  });

  it("leaves texts as they are, newlines and length too", async () => {
    const { model: seen, calls } = watched(model);
    const embedding = createEmbedding(seen, BaseEmbedding);
    const list = [...texts, longText];
    assert.deepEqual(embedding.truncateMaxTokens(list), list);
    await embedding.getTextEmbeddingsBatch(list);
    await embedding.getQueryEmbedding({ type: "text", text: texts[1] });
    assert.deepEqual(calls[0].texts, list);
    assert.deepEqual(calls[1].texts, [texts[1]]);
    assert.deepEqual(
      calls.map(({ options }) => options.role),
      ["document", "query"],
    );
  });

  it("works batch by batch", async () => {
    const { model: seen, calls, mostAtOnce } = watched(model);
    const embedding = createEmbedding(seen, BaseEmbedding, { batchSize: 32 });
    const progress = [];
    await embedding.getTextEmbeddingsBatch(manyTexts, { progressCallback: (done) => progress.push(done) });
    assert.equal(mostAtOnce(), 1);
    assert.ok(calls.every((call) => call.texts.length <= 32));
    assert.deepEqual(progress, [32, 64, 96, 128, 160, 192, 200]);
  });

  it("answers an empty list with an empty list", async () => {
    const embedding = createEmbedding(model, BaseEmbedding);
    assert.deepEqual(await embedding.getTextEmbeddings([]), []);
    assert.deepEqual(await embedding.getTextEmbeddingsBatch([]), []);
  });

  it("is cancelled while the engine works", async () => {
    const { model: seen, signal, reason } = abortedAtWork(model);
    const embedding = createEmbedding(seen, BaseEmbedding, { signal });
    const error = await failsWith("ABORTED", () => embedding.getTextEmbeddingsBatch(manyTexts));
    assert.equal(error.cause, reason);
  });

  it("refuses what is wrong, by name", async () => {
    await failsWith("INVALID_ARGUMENT", () => createEmbedding(model), /base must be the class BaseEmbedding/);
    await failsWith("INVALID_ARGUMENT", () => createEmbedding(null, BaseEmbedding), /model must be .* not null/);
    await failsWith("INVALID_ARGUMENT", () => createEmbedding(model, BaseEmbedding, { dimensions: 0 }), /dimensions/);
    const embedding = createEmbedding(model, BaseEmbedding, { truncation: "error" });
    await failsWith("INVALID_ARGUMENT", () => embedding.getTextEmbedding(7), /texts\[0\] must be a string/);
    await failsWith("TEXT_TOO_LONG", () => embedding.getTextEmbedding(longText));
    await failsWith("INVALID_ARGUMENT", () => createTokenizer(model), /tokenizer must be made by loadTokenizer/);
  });
});

describe("LlamaIndex itself", () => {
  it("indexes documents and retrieves them", async () => {
    Settings.embedModel = createEmbedding(model, BaseEmbedding);
    const documents = recipes.map((text, i) => new Document({ text, id_: `${i}` }));
    const index = await VectorStoreIndex.fromDocuments(documents);
    const [hit] = await index.asRetriever({ similarityTopK: 1 }).retrieve({ query: "a vegetable soup with beetroot" });
    assert.equal(hit.node.getContent(MetadataMode.NONE), recipes[0]);
    const [query, document] = (await model.embed(["a vegetable soup with beetroot", recipes[0]])).vectors;
    const dot = query.reduce((sum, value, i) => sum + value * document[i], 0);
    assert.ok(Math.abs(hit.score - dot) < 1e-6);
  });

  it("embeds in an ingestion pipeline", async () => {
    const pipeline = new IngestionPipeline({ transformations: [createEmbedding(model, BaseEmbedding)] });
    const nodes = await pipeline.run({ documents: recipes.map((text) => new Document({ text })) });
    assertVectors(
      nodes.map(({ embedding }) => embedding),
      await expectedVectors(model, recipes),
    );
  });

  it("splits by the model's own tokens, so that nothing is cut", async () => {
    const tokenizer = await loadTokenizer(modelFile);
    const splitter = new SentenceSplitter({ tokenizer: createTokenizer(tokenizer), chunkSize: 64, chunkOverlap: 8 });
    const text = Array.from({ length: 80 }, (_, i) => `Sentence ${i} tells of an unbelievable Überraschung.`).join(" ");
    const chunks = splitter.splitText(text);
    assert.ok(chunks.length > 10);
    const { tokenCounts, truncated } = await model.embed(chunks);
    assert.ok(tokenCounts.every((count) => count <= 64 + 2));
    assert.ok(tokenCounts.some((count) => count > 48));
    assert.ok(!truncated.includes(true));
    const { encode, decode } = createTokenizer(tokenizer);
    assert.equal(decode(encode("hello world")), "hello world");
    assert.equal(encode(longText).length, 400);
    tokenizer.dispose();
  });

  it("passes the package's errors on", async () => {
    Settings.embedModel = createEmbedding(model, BaseEmbedding, { truncation: "error" });
    Settings.chunkSize = 2048;
    await failsWith("TEXT_TOO_LONG", () => VectorStoreIndex.fromDocuments([new Document({ text: longText })]));
    const gone = await loadTested(modelFile);
    const embedding = createEmbedding(gone, BaseEmbedding);
    gone.dispose();
    await failsWith("DISPOSED", () => embedding.getTextEmbedding("too late"));
  });
});
