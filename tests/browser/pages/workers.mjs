// The page's side of package_workers.test.mjs.

import { load } from "/package/dist/index.mjs";
import { trainWordVectors } from "/package/dist/words.mjs";
import { hashInBatches, hashVectors } from "/tests/common/same_bits.mjs";

const source = "/models/all-MiniLM-L6-v2.q8.gguf";
const many = Array.from({ length: 400 }, (_, i) => `text number ${i} of a list that is long enough`);

/** Two workers at their work: what they give, and how they are stopped. */
globalThis.useWorkers = async () => {
  const fractions = [];
  const model = await load(source, { workers: 2, onProgress: ({ fraction }) => fractions.push(fraction) });
  const sentences = await (await fetch("/tests/golden/sentences.json")).json();
  const hash = await hashInBatches(model, sentences);
  const { tokens } = await model.tokenize("unbelievable!");
  const { attention } = await model.attention("river bank");
  const { vectors } = await model.embedTokens("river bank");

  const done = [];
  const all = await model.embed(many, { onProgress: (progress) => done.push(progress.done) });
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const aborted = await codeOf(model.embed(many, { signal: controller.signal, onProgress }));
  const tooLong = await model
    .embed([...many, "long ".repeat(400)], { truncation: "error" })
    .catch(({ code, at }) => ({ code, at }));
  const { workers, selfChecked } = model.info();
  const running = codeOf(model.embed(many));
  model.dispose();
  return {
    hash,
    tokens,
    shapes: [attention.length, attention[0].length, vectors.length, all.vectors.length],
    monotonic: [fractions, done].every((list) => list.every((value, i) => i === 0 || value >= list[i - 1])),
    ends: [fractions.at(-1), done.at(-1)],
    aborted,
    tooLong,
    info: { workers, selfChecked },
    disposed: [await running, await codeOf(model.embed("cat"))],
  };
};

/** Two workers that train word vectors: what they learn, and how they are stopped. */
globalThis.trainInWorkers = async () => {
  const sentences = await (await fetch("/tests/golden/sentences.json")).json();
  const options = { minCount: 2, dimensions: 20, workers: 2 };
  const fractions = [];
  const report = ({ fraction }) => void fractions.push(fraction);
  const vectors = await trainWordVectors(sentences, { ...options, onProgress: report });
  const controller = new AbortController();
  const onProgress = ({ stage }) => {
    if (stage === "train") controller.abort();
  };
  const endless = { ...options, epochs: 1e6, signal: controller.signal, onProgress };
  const workerUrl = "/no/such/worker.mjs";
  return {
    hash: await hashVectors([vectors.rows]),
    fraction: fractions.at(-1),
    aborted: await codeOf(trainWordVectors(sentences, endless)),
    missing: await codeOf(trainWordVectors(sentences, { ...options, workerUrl })),
  };
};

/** Workers that cannot be started, or that end. */
globalThis.loseWorkers = async () => {
  const missing = await codeOf(load(source, { workers: 1, workerUrl: "/no/such/worker.mjs" }));
  const elsewhere = await codeOf(load(source, { workers: 1, workerUrl: "https://elsewhere.example/worker.mjs" }));
  const model = await load(source, { workers: 2, workerUrl: "dying_worker.mjs" });
  const lost = await codeOf(model.embed("throw"));
  const kept = await codeOf(model.embed("cat"));
  const both = [await codeOf(model.embed([...many, "throw"])), await codeOf(model.embed("cat"))];
  model.dispose();
  return { missing, elsewhere, lost, kept, both };
};

/** What a service worker gets for `workers`. */
globalThis.inServiceWorker = async (workers) => {
  await navigator.serviceWorker.register("/service_worker.mjs", { type: "module" });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  active.postMessage(workers, [port2]);
  return answer;
};

async function codeOf(promise) {
  try {
    await promise;
    return "none";
  } catch (error) {
    return error.code ?? String(error);
  }
}
