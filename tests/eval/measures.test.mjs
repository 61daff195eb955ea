// The measures of the evaluation, against ranx and against values worked out by hand.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { estimate, estimateRatio } from "../../eval/lib/bootstrap.mjs";
import { coverage, expectedOf, intraListSimilarity, ndcg, tastesServed } from "../../eval/lib/measures.mjs";

const close = (actual, expected, within = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);
const golden = JSON.parse(readFileSync(new URL("../../eval/reference/measures.json", import.meta.url), "utf8"));

describe("ndcg", () => {
  it("is that of ranx", () => {
    assert.ok(golden.cases.length >= 40);
    for (const { gains, all, ndcg: expected } of golden.cases) close(ndcg(gains, all, golden.k), expected, 1e-8);
  });

  it("is 0 where nothing is relevant", () => {
    assert.equal(ndcg([0, 0], [], 10), 0);
  });
});

describe("the expectation over what may be next", () => {
  const chances = new Map([
    [7, 0.5],
    [8, 0.25],
    [9, 0.25],
  ]);

  it("is the mean of leave-one-out over all that may be next", () => {
    const list = [9, 1, 7];
    const { hit, ndcg: gain } = expectedOf(list, chances);
    close(hit, 0.75);
    let mean = 0;
    for (const [item, chance] of chances)
      mean +=
        chance *
        ndcg(
          list.map((one) => (one === item ? 1 : 0)),
          [1],
          10,
        );
    close(gain, mean);
    close(gain, 0.25 * 1 + 0.5 * 0.5); // places 1 and 3
  });
});

describe("measures of lists", () => {
  it("know how alike a list is", () => {
    const cosines = { "1 2": 0.2, "1 3": 0.4, "2 3": 0.9 };
    close(
      intraListSimilarity([1, 2, 3], (a, b) => cosines[`${a} ${b}`]),
      0.5,
    );
    assert.equal(
      intraListSimilarity([1], () => 1),
      0,
    );
  });

  it("know what part of the catalogue and of the tastes is shown", () => {
    assert.equal(
      coverage(
        [
          [0, 1],
          [1, 2],
        ],
        12,
      ),
      0.25,
    ); // prettier-ignore
    const tastes = [{ items: Uint32Array.of(1, 2) }, { items: Uint32Array.of(3) }];
    assert.equal(tastesServed([2, 5], tastes), 0.5);
  });
});

describe("the bootstrap", () => {
  // 400 values of mean 0.5 and variance 1/12: the mean's standard error is 0.0144.
  const values = Array.from({ length: 400 }, (_, i) => (((i * 167) % 400) + 0.5) / 400);

  it("gives the interval of the normal approximation, where that holds", () => {
    const { mean, low, high } = estimate(values);
    close(mean, 0.5);
    close(low, 0.5 - 1.96 * 0.01443, 0.004);
    close(high, 0.5 + 1.96 * 0.01443, 0.004);
  });

  it("pairs the people of a quotient", () => {
    const { mean, low, high } = estimateRatio(
      values.map((value) => 3 * value),
      values,
    );
    for (const value of [mean, low, high]) close(value, 3);
  });
});
