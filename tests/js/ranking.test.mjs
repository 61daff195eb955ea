// What is done with hits: rankings merged, hits made diverse, duplicates put together.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createIndex, diversify, fuseRanks, groupDuplicates } from "kinvec/search";
import { cosine, goldenJson, goldenValues, rowsOf } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const idsOf = (hits) => hits.map(({ id }) => id);
const ranking = (letters) => [...letters].map((id) => ({ id }));

const texts = goldenJson("sentences.json");
const vectors = rowsOf(goldenValues("minilm/vectors.f16"), 384);

describe("fuseRanks", () => {
  it("adds up 1 / (60 + rank) over the rankings", () => {
    const fused = fuseRanks([ranking("abc"), ranking("cad")]);
    assert.deepEqual(fused, [
      { id: "a", score: 1 / 61 + 1 / 62, ranks: [1, 2] },
      { id: "c", score: 1 / 63 + 1 / 61, ranks: [3, 1] },
      { id: "b", score: 1 / 62, ranks: [2, undefined] },
      { id: "d", score: 1 / 63, ranks: [undefined, 3] },
    ]);
  });

  it("takes weights, k and topK", () => {
    const fused = fuseRanks([ranking("ab"), ranking("ba")], { weights: [1, 2], k: 0, topK: 1 });
    assert.deepEqual(fused, [{ id: "b", score: 1 / 2 + 2, ranks: [2, 1] }]);
  });

  it("puts equals in the order of their first appearance", () => {
    assert.deepEqual(idsOf(fuseRanks([ranking("ab"), ranking("ba"), ranking("cd")])), ["a", "b", "c", "d"]);
    assert.deepEqual(fuseRanks([]), []);
  });

  it("refuses wrong arguments", async () => {
    await failsWith("INVALID_ARGUMENT", () => fuseRanks("ab"));
    await failsWith("INVALID_ARGUMENT", () => fuseRanks([ranking("aa")]), /twice/);
    await failsWith("INVALID_ARGUMENT", () => fuseRanks([ranking("a")], { weights: [1, 1] }), /1 numbers/);
    await failsWith("INVALID_ARGUMENT", () => fuseRanks([ranking("a")], { weights: [-1] }));
    await failsWith("INVALID_ARGUMENT", () => fuseRanks([ranking("a")], { k: Number.NaN }));
    await failsWith("INVALID_ARGUMENT", () => fuseRanks([ranking("a")], { topK: 1.5 }));
  });
});

describe("diversify", async () => {
  const index = await createIndex({ dimensions: 384 });
  index.add([...texts.keys()], vectors);
  const hits = index.search(vectors[200], { topK: 40 });

  /** MMR as the paper writes it, with no short cuts. */
  function reference(lambda, count) {
    const left = [...hits];
    const chosen = [];
    const value = ({ id, score }) => {
      const nearest = chosen.length ? Math.max(...chosen.map((hit) => cosine(vectors[hit.id], vectors[id]))) : 0;
      return lambda * score - (1 - lambda) * nearest;
    };
    while (chosen.length < count) {
      const best = left.reduce((a, b) => (value(b) > value(a) ? b : a));
      chosen.push(...left.splice(left.indexOf(best), 1));
    }
    return chosen;
  }

  it("chooses by maximal marginal relevance", () => {
    for (const diversity of [0.2, 0.5, 0.8, 1]) {
      assert.deepEqual(diversify(hits, index, { diversity, topK: 15 }), reference(1 - diversity, 15), `${diversity}`);
    }
  });

  it("leaves the order with diversity 0, and all hits without topK", () => {
    assert.deepEqual(diversify(hits, index, { diversity: 0 }), hits);
    assert.deepEqual(new Set(diversify(hits, index)), new Set(hits));
    assert.deepEqual(diversify([], index), []);
  });

  it("makes the first hits less alike", () => {
    const alike = (list) => {
      const pairs = list.flatMap((a, i) => list.slice(i + 1).map((b) => cosine(vectors[a.id], vectors[b.id])));
      return pairs.reduce((sum, value) => sum + value) / pairs.length;
    };
    const first = (diversity) => alike(diversify(hits, index, { diversity, topK: 10 }));
    assert.ok(first(0.3) < first(0) && first(0.7) < first(0.3), `${[0, 0.3, 0.7].map(first)}`);
  });

  it("takes vectors from a Map, and refuses hits without", async () => {
    const map = new Map([
      ["a", [1, 0]],
      ["b", [1, 0.1]],
      ["c", [0, 1]],
    ]);
    const three = [
      { id: "a", score: 0.9 },
      { id: "b", score: 0.8 },
      { id: "c", score: 0.3 },
    ];
    assert.deepEqual(idsOf(diversify(three, map, { diversity: 0.5 })), ["a", "c", "b"]);
    await failsWith("INVALID_ARGUMENT", () => diversify([{ id: "x", score: 1 }], map), /"x"/);
    await failsWith("INVALID_ARGUMENT", () => diversify([{ id: "a" }], map), /score/);
    await failsWith("INVALID_ARGUMENT", () => diversify(three, [1, 0]), /index or a Map/);
    await failsWith("INVALID_ARGUMENT", () => diversify("abc", map));
    await failsWith("INVALID_ARGUMENT", () => diversify(three, map, { diversity: 2 }));
    await failsWith("INVALID_ARGUMENT", () => diversify(three, map, { topK: 0 }));
  });
});

describe("groupDuplicates", () => {
  const angles = { a: 0, b: 5, c: 40, d: 9, e: 43 };
  const map = new Map(
    Object.entries(angles).map(([id, angle]) => [
      id,
      [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)],
    ]),
  );
  const hits = Object.keys(angles).map((id, i) => ({ id, score: 1 - i / 10 }));

  it("puts a hit under the first that it is nearly the same as, in their order", () => {
    const degrees = (angle) => Math.cos((angle * Math.PI) / 180);
    const grouped = groupDuplicates(hits, map, { threshold: degrees(7) });
    assert.deepEqual(
      grouped.map(({ id, duplicates }) => [id, idsOf(duplicates)]),
      [
        ["a", ["b"]],
        ["c", ["e"]],
        ["d", []], // near b, which is not the first of its group
      ],
    );
    assert.deepEqual(grouped[0].duplicates[0], hits[1]);
    assert.equal(grouped[0].score, hits[0].score);
    assert.equal("duplicates" in hits[0], false);
  });

  it("has a default for what is nearly the same", () => {
    assert.deepEqual(idsOf(groupDuplicates(hits, map)), ["a", "c"]);
    assert.deepEqual(idsOf(groupDuplicates(hits, map, { threshold: 1 })), idsOf(hits));
  });

  it("refuses wrong arguments", async () => {
    await failsWith("INVALID_ARGUMENT", () => groupDuplicates(hits, new Map()));
    await failsWith("INVALID_ARGUMENT", () => groupDuplicates(hits, map, { threshold: -1 }));
    await failsWith("DIMENSION_MISMATCH", () => groupDuplicates(hits, new Map([...map, ["e", [1]]])));
  });
});
