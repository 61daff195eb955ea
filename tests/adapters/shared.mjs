// What the tests of the adapters share: texts, the vectors that a model itself gives them, and a model that is watched.

import assert from "node:assert/strict";

/** Newlines, blanks at the ends, an empty text and other scripts: whatever an adapter might think it should mend. */
export const texts = [
  "a red fox in the snow",
  "first line\nsecond line\r\n\tthird line",
  "  spaces   at both ends  ",
  "",
  "Überraschung: 東京 🦊!",
  "UPPER CASE and e\u0301 in two code points",
];

/** More than one chunk of work, so that it can be cancelled half-way. */
export const manyTexts = Array.from({ length: 200 }, (_, i) => `text ${i} of many: a red fox in the snow`);

/** Longer than the model takes. */
export const longText = "so long ".repeat(200);

/** The vectors of `model.embed` as arrays of the same numbers. */
export async function expectedVectors(model, list, options) {
  const { vectors } = await model.embed(list, options);
  return vectors.map((vector) => Array.from(vector));
}

/** Asserts plain arrays of numbers, bit for bit. */
export function assertVectors(actual, expected) {
  for (const vector of actual) assert.ok(Array.isArray(vector), `${vector?.constructor?.name}`);
  assert.deepEqual(actual, expected);
}

/**
 * The model, with a look at every call.
 * @param {(options: object) => object} change answers the options that the model gets
 * @returns {{ model: object, calls: { texts: string[], options: object }[], mostAtOnce: () => number }}
 */
export function watched(model, change = (options) => options) {
  const calls = [];
  let running = 0;
  let most = 0;
  const embed = async (list, options) => {
    calls.push({ texts: list, options });
    most = Math.max(most, ++running);
    try {
      return await model.embed(list, change(options));
    } finally {
      running--;
    }
  };
  return { model: { info: () => model.info(), embed }, calls, mostAtOnce: () => most };
}

/** A model whose first progress aborts, so that the abort comes while the engine works. */
export function abortedAtWork(model) {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { model: watchedModel, calls } = watched(model, (options) => ({
    ...options,
    onProgress: () => controller.abort(reason),
  }));
  return { model: watchedModel, signal: controller.signal, reason, calls };
}
