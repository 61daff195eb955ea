// Shorter vectors in the evaluation: forms are of the bytes that they state, and the guide shows what was measured.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { agreementWithPeople, searchQuality, shortForms } from "../../eval/lib/shorten.mjs";
import { shortenTable } from "../../eval/lib/shorten_table.mjs";
import { root } from "../../tools/lib/project.mjs";
import { goldenValues, rowsOf } from "../js/goldens.mjs";

const vectors = rowsOf(goldenValues("minilm/vectors.f16"), 384);
const forms = shortForms(384);
const committed = JSON.parse(readFileSync(path.join(root, "eval/shorten.json"), "utf8"));
const close = (actual, expected, within) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

describe("the forms of shorter vectors", () => {
  for (const form of forms) {
    it(`are of as many bytes as they state, and like themselves most (${form.title})`, async () => {
      const short = (await form.fit(vectors))(vectors.slice(0, 50));
      for (const [i, one] of short.entries()) {
        assert.equal(one.byteLength, form.bytes);
        const scores = form.similarities(one, short);
        close(scores[i], 1, 1e-4);
        assert.equal(scores.indexOf(Math.max(...scores)), i);
      }
    });
  }
});

describe("the measures of shorter vectors", () => {
  const [whole] = forms;

  it("are 1 where people agree in every pair, and -1 where in none", async () => {
    const [left, right] = [vectors.slice(0, 20), vectors.slice(20, 40)];
    const own = left.map((one, i) => one.reduce((sum, value, d) => sum + value * right[i][d], 0));
    const of = (scores) => agreementWithPeople(whole, { corpus: vectors, left, right, scores });
    close(await of(own), 1, 1e-12);
    close(await of(own.map((score) => -score)), -1, 1e-12);
  });

  it("are 1 where what is asked for comes first, and less where it comes later", async () => {
    const ids = vectors.map((_, i) => `${i}`);
    const queries = [{ id: "q", vector: vectors[7] }];
    const of = (id) =>
      searchQuality(whole, { ids, documents: vectors, queries, relevant: new Map([["q", new Map([[id, 1]])]]) });
    close(await of("7"), 1, 1e-12);
    assert.ok((await of("8")) < 1);
  });
});

describe("the committed figures of shorter vectors", () => {
  it("are of the forms that there are", () => {
    const named = ({ title, bytes }) => `${title}: ${bytes}`;
    assert.deepEqual(committed.forms.map(named), forms.map(named));
  });

  it("are what the guide and the README say of them", () => {
    const of = (title) => committed.forms.find((form) => form.title === title);
    const [whole, short, bits] = [of("as embedded, 384"), of("PCA 128, int8"), of("bits")];
    assert.equal(whole.bytes / short.bytes, 12);
    assert.equal(Math.round((100 * short.spearman) / whole.spearman), 99);
    assert.equal(Math.round((100 * short.ndcg) / whole.ndcg), 95);
    assert.ok(committed.forms.every(({ title, ndcg }) => !title.endsWith(", bits") || ndcg < bits.ndcg));
    for (const dimensions of [256, 128, 64, 32]) {
      assert.ok(of(`PCA ${dimensions}, whitened`).ndcg < of(`PCA ${dimensions}`).ndcg);
    }
    const guide = readFileSync(path.join(root, "docs/site/guides/shorter-vectors.md"), "utf8");
    assert.match(guide, /partials\/shorten\.md/);
    assert.match(shortenTable(committed), /\| bits \| 48 \|/);
  });
});
