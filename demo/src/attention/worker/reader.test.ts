import assert from "node:assert/strict";
import { test } from "node:test";
import type { AttentionResult, Model } from "kinvec";
import { sharesIn, weightsFrom, weightsOf } from "../numbers/reading.ts";
import { MOST_DRAWN, Reader, readingOf } from "./reader.ts";

/** Two layers of two heads over n tokens, the first and the last special; every row differs from every other. */
function resultOf(n: number): AttentionResult {
  const row = (seed: number) => {
    const weights = Float32Array.from({ length: n }, (_, to) => 1 + ((seed * 31 + to * 17) % 7));
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight) => weight / sum);
  };
  const head = (seed: number) => Array.from({ length: n }, (_, from) => row(seed + 5 * from));
  return {
    ids: new Int32Array(n),
    tokens: Array.from({ length: n }, (_, i) => `t${i}`),
    offsets: Array.from({ length: n }, (_, i) => (i === 0 || i === n - 1 ? [0, 0] : [3 * i, 3 * i + 2])),
    truncated: false,
    attention: [
      [head(1), head(2)],
      [head(3), head(4)],
    ],
  };
}

test("a reading holds the same weights, packed", () => {
  const result = resultOf(4);
  const reading = readingOf("text", result);
  assert.deepEqual(reading.tokens, result.tokens);
  for (const [layer, heads] of result.attention.entries()) {
    for (const [head, rows] of heads.entries()) {
      for (const [from, row] of rows.entries()) assert.deepEqual(weightsFrom(reading, layer, head, from), row);
      assert.equal(weightsOf(reading, layer, head).length, 16);
    }
  }
});

test("shares sum to 1, for a token and for the whole text", () => {
  const reading = readingOf("text", resultOf(6));
  for (const layer of [0, 1]) {
    for (const token of [0, 3, 5, undefined]) {
      const sum = sharesIn(reading, layer, token).reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-6);
    }
  }
});

test("of a long text the first tokens are kept, with what they have in the whole of it", () => {
  const result = resultOf(MOST_DRAWN + 20);
  const reading = readingOf("text", result);
  assert.equal(reading.total, MOST_DRAWN + 20);
  assert.equal(reading.tokens.length, MOST_DRAWN);
  assert.deepEqual(weightsFrom(reading, 1, 0, 40), result.attention[1]?.[0]?.[40]?.slice(0, MOST_DRAWN));
  const whole = sharesIn(reading, 1, undefined).reduce((a, b) => a + b, 0);
  assert.ok(whole > 0.7 && whole < 0.9, "the rest of the text has its share");
});

test("neighbours are words of the text and of the further sentences, and never the token itself", async () => {
  const vectors: Record<string, number[]> = { bank: [1, 0], river: [0.8, 0.6], money: [0.6, 0.8], ",": [1, 0.01] };
  const model = {
    async attention(text: string) {
      const words = text.split(" ");
      const tokens = ["[CLS]", ...words, "[SEP]"];
      const states = tokens.map((token) => Float32Array.from(vectors[token] ?? [0, 1]));
      const offsets = tokens.map((token) => {
        const start = text.indexOf(token);
        return start < 0 ? [0, 0] : [start, start + token.length];
      });
      return { ...resultOf(tokens.length), tokens, offsets, hiddenStates: [states, states] };
    },
  } as unknown as Model;
  const reader = new Reader(model);
  await reader.readFurther(["the money ,"]);
  await reader.read("bank , river");
  const found = reader.neighbours(1);
  assert.deepEqual(found.map(({ token }) => token).sort(), ["money", "river", "the"]);
  const river = found.find(({ token }) => token === "river");
  assert.equal(river?.sentence.slice(river.start, river.end), "river");
  assert.ok(Math.abs((river?.similarities[1] as number) - 0.8) < 1e-6);
});
