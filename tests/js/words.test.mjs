// Search by words: terms of any script, and BM25 with the scores of another library.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { Bm25, splitWords } from "kinvec/search";
import { goldenJson } from "./goldens.mjs";
import { failsWith } from "./helpers.mjs";

const texts = goldenJson("sentences.json");
const golden = goldenJson("bm25.json"); // by bm25s

const terms = (text) => splitWords(text).map(({ term }) => term);
const idsOf = (hits) => hits.map(({ id }) => id);

describe("splitWords", () => {
  it("folds case, accents and width", () => {
    assert.deepEqual(terms("Ünïcode ＵＮＩＣＯＤＥ unicode"), ["unicode", "unicode", "unicode"]);
    assert.deepEqual(terms("Straße STRASSE"), ["strasse", "strasse"]);
    assert.deepEqual(terms("ΑΘΗΝΑ Αθήνα ﬁnal İstanbul"), ["αθηνα", "αθηνα", "final", "istanbul"]);
  });

  it("takes letters and numbers, and says where they stand", () => {
    const text = "e-mail: it's 3.5 🎉 mc²";
    const words = splitWords(text);
    assert.deepEqual(terms(text), ["e", "mail", "it", "s", "3", "5", "mc2"]);
    assert.deepEqual(
      words.map(({ start, end }) => text.slice(start, end)),
      ["e", "mail", "it", "s", "3", "5", "mc²"],
    );
  });

  it("takes neighbouring characters where there are no spaces, and Chinese ones by themselves", () => {
    assert.deepEqual(terms("東京タワー"), ["東", "東京", "京", "京タ", "タワ", "ワー"]);
    assert.deepEqual(terms("がか"), ["がか"]); // its mark makes が another sound
    assert.deepEqual(terms("자유롭게 살다"), ["자유", "유롭", "롭게", "살다"]);
    assert.deepEqual(terms("ที่นี่"), ["ที่นี่"]); // two consonants with their marks
    assert.deepEqual(terms("iPhone用"), ["iphone", "用"]);
  });

  it("keeps the marks of scripts that write vowels by them", () => {
    assert.deepEqual(terms("हिन्दी"), ["हिन्दी"]);
    assert.deepEqual(terms("مُحَمَّد محمد"), ["محمد", "محمد"]); // in Arabic they are left out at will
  });

  it("gives the terms of every golden text", () => {
    const hash = (text) => createHash("sha256").update(terms(text).join("\n")).digest("hex").slice(0, 8);
    assert.equal(texts.map(hash).join(" "), golden.terms);
  });

  it("refuses what is no text", () => failsWith("INVALID_ARGUMENT", () => splitWords(3), /number/));
});

describe("Bm25", () => {
  const words = new Bm25();
  words.add([...texts.keys()], texts);

  it("scores as bm25s does, with any k1 and b", () => {
    for (const { k1, b, query, items, scores } of golden.searches) {
      const own = new Bm25({ k1, b });
      own.add([...texts.keys()], texts);
      const hits = own.search(query);
      assert.deepEqual(idsOf(hits), items, query);
      for (const [i, { score }] of hits.entries()) assert.ok(Math.abs(score - scores[i]) < 1e-6, `${query}: ${score}`);
    }
  });

  it("says which terms were found", () => {
    const [best, ...others] = words.search("the quick QUICK unicorn fox");
    assert.deepEqual(best.terms, ["the", "quick", "fox"]);
    for (const { id, terms: found } of others) {
      const own = new Set(terms(texts[id]));
      assert.deepEqual(
        found,
        ["the", "quick", "unicorn", "fox"].filter((term) => own.has(term)),
      );
    }
  });

  it("gives the best of those that a filter lets through", () => {
    const all = words.search("the", { topK: texts.length });
    assert.ok(all.length > 50);
    const filter = (id) => id % 3 === 0;
    assert.deepEqual(words.search("the", { topK: 5, filter }), all.filter(({ id }) => filter(id)).slice(0, 5));
    assert.deepEqual(words.search("the", { filter: () => false }), []);
  });

  it("answers nothing for words that nobody has, for none, and without documents", () => {
    assert.deepEqual(words.search("zzzunknown"), []);
    assert.deepEqual(words.search(" ... "), []);
    assert.deepEqual(new Bm25().search("the"), []);
  });

  it("orders equal scores as the documents were added", () => {
    const own = new Bm25();
    own.add(["c", "a", "b"], ["one two", "one two", "two one"]);
    assert.deepEqual(idsOf(own.search("two", { topK: 2 })), ["c", "a"]);
  });

  it("is after any changes as if made of what is left", () => {
    const own = new Bm25();
    let left = [];
    const put = (id, text) => {
      const known = left.find(([each]) => each === id);
      if (known) known[1] = text;
      else left.push([id, text]);
      own.upsert(id, text);
    };
    for (let i = 0; i < 600; i++) {
      const id = (i * 7919) % 150;
      if (i % 3 < 2) put(id, texts[(i * 31) % texts.length]);
      else {
        assert.equal(own.remove([id, id]), left.some(([each]) => each === id) ? 1 : 0);
        left = left.filter(([each]) => each !== id);
      }
      if (i % 50 !== 0) continue;
      const fresh = new Bm25();
      fresh.add(left.map(([each]) => each), left.map(([, text]) => text)); // biome-ignore format: reads as one
      assert.equal(own.size, left.length);
      for (const query of ["the of and", "quick password", "人権 自由"]) {
        assert.deepEqual(own.search(query, { topK: 200 }), fresh.search(query, { topK: 200 }));
      }
    }
    own.clear();
    assert.equal(own.size, 0);
    assert.deepEqual(own.search("the"), []);
  });

  it("says where the words of a query stand, overlapping ones as one", () => {
    const found = (query, text) => words.locate(query, text).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(found("a QUICK café", "Quick! The Café, quickly. A"), ["Quick", "Café", "A"]);
    assert.deepEqual(found("東京タワー", "昔の東京タワーと京都"), ["東京タワー", "京"]);
    assert.deepEqual(found("", "Quick"), []);
  });

  it("takes a stemmer", () => {
    const stem = (text) => terms(text).map((term) => term.replace(/(ing|s)$/, ""));
    const own = new Bm25({ analyze: stem });
    own.add("dog", "The lazy dog sleeps");
    assert.deepEqual(own.search("sleeping dogs")[0].terms, ["sleep", "dog"]);
    assert.deepEqual(own.locate("sleeping dogs", "Dogs sleep."), [
      { start: 0, end: 4 },
      { start: 5, end: 10 },
    ]);
  });

  it("refuses wrong arguments, and changes nothing", async () => {
    const own = new Bm25();
    own.add("a", "one");
    const refused = [
      () => own.add("a", "two"),
      () => own.add(["b", "b"], ["two", "three"]),
      () => own.add(["b", "c"], ["two"]),
      () => own.add(["b", "c"], ["two", 3]),
      () => own.add([{}], ["two"]),
      () => own.upsert("a", undefined),
      () => own.search(undefined),
      () => own.search("one", { topK: 0 }),
      () => own.search("one", { filter: "a" }),
      () => own.search("one", { filter: async () => false }),
      () => own.locate("one"),
      () => new Bm25({ k1: -1 }),
      () => new Bm25({ b: 1.1 }),
      () => new Bm25({ analyze: "stem" }),
      () => new Bm25({ analyze: () => [1] }).add("a", "one"),
    ];
    for (const call of refused) await failsWith("INVALID_ARGUMENT", call);
    assert.deepEqual([own.size, own.has("a"), own.has("b")], [1, true, false]);
    assert.equal(own.search("two").length + own.search("three").length, 0);
    assert.deepEqual(idsOf(own.search("one")), ["a"]);
  });
});
