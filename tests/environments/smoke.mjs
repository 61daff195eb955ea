// The smoke suite: what must work, with the same bits, wherever the package is imported. Runs in pages, workers of every
// kind, bundles, Node.js, Deno and Bun alike, so it asks for nothing but standard globals.

import { hashVectors } from "../common/same_bits.mjs";

const texts = ["a red fox in the snow", "Überraschung: 東京 🦊!", ""];

/** What hashVectors answers for the vectors of the three texts, everywhere. */
export const goldenSmoke = "6d25592900d9e6950d34d87eb5d6631669308abc8226f11a8654f150c311eacd";

/**
 * @param {{ load: Function, KinvecError: Function, createIndex?: Function }} kinvec the package, imported as this
 *   environment imports it; with createIndex of kinvec/search, searching is part of the suite
 * @param {unknown} source of all-MiniLM-L6-v2.q8.gguf
 * @param {object} options for load, besides those of the suite
 * @returns {Promise<{ binary: string, probe: string, selfChecked: boolean, checks: string[] }>} the checks that passed
 * @throws if any does not
 */
export async function smoke({ load, KinvecError, createIndex }, source, options = {}) {
  const checks = [];
  const check = (name, holds, found) => {
    if (!holds) throw new Error(`${name}: ${JSON.stringify(found)}`);
    checks.push(name);
  };

  const fractions = [];
  const model = await load(source, { ...options, onProgress: ({ fraction }) => fractions.push(fraction) });
  const { binary, probe, selfChecked } = model.info();
  check("load", selfChecked, model.info());
  const rises = fractions.every((fraction, i) => i === 0 || fraction >= fractions[i - 1]);
  check("progress", rises && fractions.at(-1) === 1, fractions);

  const { vectors, tokenCounts, truncated } = await model.embed(texts);
  check("embed", vectors.length === 3 && vectors.every(({ length }) => length === 384), tokenCounts);
  check("counts", `${tokenCounts};${truncated}` === "8,11,2;false,false,false", [tokenCounts, truncated]);
  const hash = await hashVectors(vectors);
  check("equal bits", hash === goldenSmoke, hash);

  const { tokens, offsets } = await model.tokenize("Unbelievable!");
  check("tokenize", tokens.join(" ") === "[CLS] unbelievable ! [SEP]" && offsets[1].join() === "0,12", tokens);

  if (createIndex) {
    const index = await createIndex({ dimensions: 384 });
    index.add(texts, vectors);
    const [best] = index.search(vectors[1], { topK: 1 });
    check("search", best.id === texts[1] && Math.abs(best.score - 1) < 1e-6, best);
    index.dispose();
  }

  const wrong = [
    await codeOf(load(new Blob(["no model"]), options), KinvecError),
    await codeOf(model.embed(7), KinvecError),
  ];
  check("error codes", wrong.join() === "MODEL_FORMAT,INVALID_ARGUMENT", wrong);

  const controller = new AbortController();
  const aborted = model.embed(Array(200).fill("one of many texts"), {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  const abortCode = await codeOf(aborted, KinvecError);
  check("abort", abortCode === "ABORTED", abortCode);
  check("usable after an abort", (await model.embed("still here")).vectors.length === 1);

  model.dispose();
  const lateCode = await codeOf(model.embed("too late"), KinvecError);
  check("dispose", lateCode === "DISPOSED", lateCode);
  return { binary, probe, selfChecked, checks };
}

/** The code a promise rejects with, "none" if it does not. */
async function codeOf(promise, KinvecError) {
  try {
    await promise;
    return "none";
  } catch (error) {
    return error instanceof KinvecError ? error.code : String(error);
  }
}
