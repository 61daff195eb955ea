// The page's side of package.test.mjs: functions that the test calls by name, each answering with plain JSON.

import { KinvecError, load, similarity } from "/package/dist/index.mjs";
import { createCollection, createIndex, loadCollection, loadIndex } from "/package/dist/search.mjs";
import { decrypt, encrypt } from "/package/dist/storage.mjs";
import * as vectors from "/package/dist/vectors.mjs";
import { trainWordVectors } from "/package/dist/words.mjs";
import { searchKeptCollection } from "/tests/common/kept_collection.mjs";
import { hashEveryWay, hashInBatches } from "/tests/common/same_bits.mjs";
import { hashGraphs, hashIndexFiles, hashSearches, knownVectors } from "/tests/common/search_bits.mjs";
import { hashShort } from "/tests/common/short_vectors.mjs";
import { hashTrained } from "/tests/common/trained_words.mjs";

const modelUrl = "/models/all-MiniLM-L6-v2.q8.gguf";
let model;

/** Loads the model and answers with its description and how the progress went. */
globalThis.loadModel = async (options = {}) => {
  const fractions = [];
  model = await load(modelUrl, { ...options, onProgress: ({ fraction }) => fractions.push(fraction) });
  return {
    info: model.info(),
    progress: {
      last: fractions.at(-1),
      monotonic: fractions.every((fraction, index) => index === 0 || fraction >= fractions[index - 1]),
    },
  };
};

const goldenSentences = async () => (await fetch("/tests/golden/sentences.json")).json();

globalThis.hashEveryWay = async (calls) => hashEveryWay(model, await goldenSentences(), calls);

globalThis.hashInBatches = async () => hashInBatches(model, await goldenSentences());

globalThis.hashSearches = async () => hashSearches(createIndex);

globalThis.hashIndexFiles = async () => hashIndexFiles(createIndex);

globalThis.hashGraphs = async () => hashGraphs(createIndex);

globalThis.hashTrained = async () => hashTrained(trainWordVectors, await goldenSentences());

globalThis.hashShort = async () => hashShort(vectors);

/** Whether an index finds the same after it was saved, as bytes and as a stream; and how large it is as a file. */
globalThis.keepIndex = async (count) => {
  const index = await createIndex({ dimensions: 384 });
  const some = knownVectors(1000, 384);
  for (let start = 0; start < count; start += some.length) {
    const vectors = some.map((vector) => vector.map((value, i) => value + start / count / (i + 1)));
    index.add(
      vectors.map((_, i) => start + i),
      vectors,
    );
  }
  const hits = (of) => JSON.stringify(of.searchBatch(some.slice(0, 20)));
  const expected = hits(index);
  const equal = hits(await loadIndex(new Blob([index.save()]))) === expected;
  const streamed = hits(await loadIndex(index.saveStream())) === expected;
  return { equal, streamed, bytes: index.save().byteLength };
};

globalThis.searchKeptCollection = async (texts) =>
  searchKeptCollection(model, texts, { createCollection, loadCollection, encrypt, decrypt });

/** How each kind of source fares: the cosine of one sentence to the same from the model loaded by URL. */
globalThis.sources = async () => {
  const bytes = new Uint8Array(await (await fetch(modelUrl)).arrayBuffer());
  const given = {
    url: new URL(modelUrl, location.href),
    request: new Request(modelUrl),
    response: await fetch(modelUrl),
    stream: (await fetch(modelUrl)).body,
    arrayBuffer: bytes.slice().buffer,
    blob: new Blob([bytes]),
    file: new File([bytes], "model.gguf"),
  };
  const text = "any source will do";
  const [expected] = (await model.embed(text)).vectors;
  const scores = {};
  for (const [kind, source] of Object.entries(given)) {
    const other = await load(source);
    scores[kind] = similarity((await other.embed(text)).vectors[0], expected);
    other.dispose();
  }
  return scores;
};

/** The code of the error that each misuse gives. */
globalThis.errorCodes = async () => {
  const codes = {};
  codes.missingFile = await codeOf(() => load("/models/no-such-file.gguf"));
  codes.notAModel = await codeOf(() => load(new Blob(["not a model at all, but long enough to have a header"])));
  codes.aborted = await codeOf(() => load(modelUrl, { signal: AbortSignal.abort() }));
  codes.abortedEmbed = await codeOf(() => model.embed("text", { signal: AbortSignal.abort() }));
  codes.wrongType = await codeOf(() => model.embed(["text", 7]));
  codes.stillWorks = await codeOf(() => model.embed("text"));
  model.dispose();
  codes.disposed = await codeOf(() => model.embed("text"));
  return codes;
};

async function codeOf(action) {
  try {
    await action();
    return "none";
  } catch (error) {
    return error instanceof KinvecError ? error.code : String(error);
  }
}
