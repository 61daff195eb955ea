// kinvec/adapters/langchain with the vector stores and retrievers of LangChain.js.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CacheBackedEmbeddings } from "@langchain/classic/embeddings/cache_backed";
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { Document } from "@langchain/core/documents";
import { InMemoryStore } from "@langchain/core/stores";
import { createEmbeddings } from "kinvec/adapters/langchain";
import { failsWith, loadTested, modelFile } from "../js/helpers.mjs";
import { abortedAtWork, assertVectors, expectedVectors, longText, manyTexts, texts, watched } from "./shared.mjs";

let model;
before(async () => {
  model = await loadTested(modelFile);
});
after(() => model.dispose());

describe("LangChain embeddings", () => {
  it("are the model's own vectors, bit for bit", async () => {
    const embeddings = createEmbeddings(model);
    const expected = await expectedVectors(model, texts);
    assertVectors(await embeddings.embedDocuments(texts), expected);
    for (const [i, text] of texts.entries()) assertVectors([await embeddings.embedQuery(text)], [expected[i]]);
    const short = createEmbeddings(model, { dimensions: 128 });
    assertVectors(await short.embedDocuments(texts), await expectedVectors(model, texts, { dimensions: 128 }));
  });

  it("leave newlines where they are, unlike the adapter for transformers.js", async () => {
    const { model: seen, calls } = watched(model);
    const embeddings = createEmbeddings(seen);
    await embeddings.embedDocuments(texts);
    await embeddings.embedQuery(texts[1]);
    assert.deepEqual(calls[0].texts, texts);
    assert.deepEqual(calls[1].texts, [texts[1]]);
  });

  it("tell the model what is a document and what a query", async () => {
    const { model: seen, calls } = watched(model);
    const embeddings = createEmbeddings(seen);
    await embeddings.embedDocuments(["a"]);
    await embeddings.embedQuery("b");
    assert.deepEqual(
      calls.map(({ options }) => options.role),
      ["document", "query"],
    );
  });

  it("work batch by batch, never with all batches at once", async () => {
    const { model: seen, calls, mostAtOnce } = watched(model);
    const list = Array.from({ length: 1000 }, (_, i) => `${i}`);
    const vectors = await createEmbeddings(seen).embedDocuments(list);
    assert.equal(vectors.length, 1000);
    assert.equal(mostAtOnce(), 1);
    assert.ok(calls.every((call) => call.texts.length <= 64));
    assert.deepEqual(
      calls.flatMap((call) => call.texts),
      list,
    );
    assertVectors(vectors.slice(990), await expectedVectors(model, list.slice(990)));
  });

  it("let a query pass while a long list is embedded", async () => {
    const embeddings = createEmbeddings(model, { batchSize: 16 });
    const order = [];
    const list = embeddings.embedDocuments(manyTexts).then(() => order.push("documents"));
    const query = embeddings.embedQuery("a fox").then(() => order.push("query"));
    await Promise.all([list, query]);
    assert.deepEqual(order, ["query", "documents"]);
  });

  it("answer an empty list with an empty list", async () => {
    assert.deepEqual(await createEmbeddings(model).embedDocuments([]), []);
  });

  it("are cancelled while the engine works", async () => {
    const { model: seen, signal, reason } = abortedAtWork(model);
    const embeddings = createEmbeddings(seen, { signal });
    const error = await failsWith("ABORTED", () => embeddings.embedDocuments(manyTexts));
    assert.equal(error.cause, reason);
    assert.equal((await createEmbeddings(model).embedQuery("still here")).length, 384);
  });

  it("refuse what is wrong, by name", async () => {
    await failsWith("INVALID_ARGUMENT", () => createEmbeddings(), /model must be .* not undefined/);
    await failsWith("INVALID_ARGUMENT", () => createEmbeddings(model, { dimensions: 385 }), /options\.dimensions/);
    await failsWith("INVALID_ARGUMENT", () => createEmbeddings(model, { batchSize: 0 }), /options\.batchSize/);
    const start = createEmbeddings(model, { truncation: "start" });
    await failsWith("INVALID_ARGUMENT", () => start.embedQuery("a"), /options\.truncation/);
    await failsWith("INVALID_ARGUMENT", () => createEmbeddings(model, { signal: "no" }), /options\.signal/);
    const embeddings = createEmbeddings(model, { truncation: "error", batchSize: 2 });
    const wrong = await failsWith(
      "INVALID_ARGUMENT",
      () => embeddings.embedDocuments(["a", "b", "c", 4]),
      /texts\[3\]/,
    );
    assert.equal(wrong.at, 3);
    const long = [...texts.slice(0, 3), longText];
    const tooLong = await failsWith(
      "TEXT_TOO_LONG",
      () => embeddings.embedDocuments(long),
      /texts\[3\] has 402 tokens/,
    );
    assert.equal(tooLong.at, 3);
  });
});

describe("LangChain itself", () => {
  const recipes = [
    "A sour soup of beetroot.\nServed with cream.",
    "Wheat noodles in a rich broth.",
    "A cake with coffee.",
  ];

  it("finds documents in its memory vector store", async () => {
    const store = await MemoryVectorStore.fromTexts(
      recipes,
      [{ id: 0 }, { id: 1 }, { id: 2 }],
      createEmbeddings(model),
    );
    const [[best, score]] = await store.similaritySearchWithScore("a dessert", 1);
    assert.equal(best.pageContent, recipes[2]);
    const [query, ...documents] = (await model.embed(["a dessert", ...recipes])).vectors;
    const dot = query.reduce((sum, value, i) => sum + value * documents[2][i], 0);
    assert.ok(Math.abs(score - dot) < 1e-6);
    assertVectors(
      store.memoryVectors.map(({ embedding }) => embedding),
      await expectedVectors(model, recipes),
    );
  });

  it("retrieves by a retriever", async () => {
    const store = new MemoryVectorStore(createEmbeddings(model));
    await store.addDocuments(recipes.map((pageContent) => new Document({ pageContent })));
    const [found] = await store.asRetriever(1).invoke("a vegetable soup with beetroot");
    assert.equal(found.pageContent, recipes[0]);
  });

  it("keeps vectors in its cache", async () => {
    const { model: seen, calls } = watched(model);
    const cached = CacheBackedEmbeddings.fromBytesStore(createEmbeddings(seen), new InMemoryStore(), {
      namespace: "q8",
    });
    const expected = await expectedVectors(model, recipes);
    assertVectors(await cached.embedDocuments(recipes), expected);
    assertVectors(await cached.embedDocuments(recipes), expected);
    assert.equal(calls.flatMap((call) => call.texts).length, recipes.length);
  });

  it("passes the package's errors on", async () => {
    const store = new MemoryVectorStore(createEmbeddings(model, { truncation: "error" }));
    await failsWith("TEXT_TOO_LONG", () => store.addDocuments([new Document({ pageContent: longText })]));
    const gone = await loadTested(modelFile);
    const orphan = new MemoryVectorStore(createEmbeddings(gone));
    gone.dispose();
    await failsWith("DISPOSED", () => orphan.similaritySearch("too late", 1));
  });
});
