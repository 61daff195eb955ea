import assert from "node:assert/strict";
import { test } from "node:test";
import { WordVectors } from "kinvec/words";
import { CountRung } from "./count_rung.ts";
import { DenseRung } from "./dense_rung.ts";
import { analogyOf, meanOfWords, nearestOf } from "./rung.ts";
import { occurrences } from "./senses.ts";
import { termsOf } from "./terms.ts";

const WORDS = ["man", "woman", "king", "queen", "tea"];
const ROWS = [1, 0, 0, 0, 1, 0, 2, 0, 2, 0, 2, 2, -1, -1, 1]; // a royal step along the third axis
const dense = new DenseRung(new WordVectors(WORDS, Float32Array.from(ROWS), 3));
const near = (actual: number, expected: number) => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}`);

test("the nearest words of a word leave it out; their scores are cosines", () => {
  const { hits, missing, built } = nearestOf(dense, meanOfWords(dense, ["king"]), 2);
  assert.deepEqual(
    hits.map(({ word }) => word),
    ["man", "queen"],
  );
  near(hits[0]?.score ?? 0, Math.SQRT1_2);
  assert.deepEqual([missing, built], [[], []]);
});

test("a text is the mean of the words that have vectors, and tells which have none", () => {
  const text = meanOfWords(dense, termsOf("Man, woman, whatever"));
  assert.deepEqual(
    Array.from(text.vector ?? [], (x) => x.toFixed(4)),
    ["0.7071", "0.7071", "0.0000"],
  );
  assert.deepEqual(nearestOf(dense, text, 1).missing, ["whatever"]);
});

test("a text without any word that has a vector has no neighbours", () => {
  assert.deepEqual(nearestOf(dense, meanOfWords(dense, ["whatever"]), 3), {
    hits: [],
    missing: ["whatever"],
    built: [],
  });
});

test("an analogy is b - a + c, without the given words", () => {
  const given = (word: string) => meanOfWords(dense, [word]);
  const { hits } = analogyOf(dense, [given("man"), given("king"), given("woman")], 3);
  assert.equal(hits[0]?.word, "queen");
  assert.equal(hits.length, 2);
  const unknown = analogyOf(dense, [given("man"), given("emperor"), given("woman")], 3);
  assert.deepEqual([unknown.hits, unknown.missing], [[], ["emperor"]]);
});

test("FastText's vectors of unseen words are told apart", () => {
  const rows = Float32Array.from([1, 0, 0, 1, 1, 1]);
  const kept = new Map([[0, 0]]);
  const subwords = { minn: 3, maxn: 3, buckets: 1, kept }; // every n-gram falls into the one bucket
  const rung = new DenseRung(new WordVectors(["tea", "milk"], rows, 2, subwords));
  assert.deepEqual(nearestOf(rung, meanOfWords(rung, ["teas"]), 1).built, ["teas"]);
});

const TEXTS = ["red apple pie", "red apple tart", "red apple", "grey stone wall", "grey stone", "grey stone house"];
const counts = new CountRung(TEXTS, termsOf);

test("words that stand in the same texts are alike by counts, and others not at all", () => {
  assert.ok(!counts.has("pie"), "once is too seldom");
  assert.deepEqual(
    nearestOf(counts, meanOfWords(counts, ["red"]), 5).hits.map(({ word }) => word),
    ["apple"],
  );
});

for (const [name, rung, words] of [
  ["vectors", dense, ["king", "tea", "queen"]],
  ["counts", counts, ["red", "apple", "stone"]],
] as const) {
  test(`cosines of ${name} are those of the vectors`, () => {
    const cosines = rung.cosines(words);
    for (const [i, a] of words.entries()) {
      for (const [j, b] of words.entries()) {
        const [first, second] = [rung.unit(a) as Float32Array, rung.unit(b) as Float32Array];
        near(
          cosines[i * words.length + j] as number,
          first.reduce((sum, value, d) => sum + value * (second[d] as number), 0),
        );
      }
    }
  });
}

test("a word is found where it stands by itself, whatever its case", () => {
  assert.deepEqual(occurrences("Bank of the embankment, bank!", "bank"), [
    [0, 4],
    [24, 28],
  ]);
  assert.deepEqual(occurrences("a+b and (a+b)", "a+b"), [
    [0, 3],
    [9, 12],
  ]);
  assert.deepEqual(occurrences("anything", " "), []);
});
