import assert from "node:assert/strict";
import { test } from "node:test";
import { readView, type View, writeView } from "./address.ts";

const view: View = {
  text: "50 % of #this & that + \u{1f408}",
  rungs: ["word2vec", "contextual"],
  analogy: ["man", "king", "woman"],
  map: "glove",
  layout: "umap",
  word: "bank",
  sentences: ["the bank, of course", "no bank & no = river"],
};

test("what is written is read again", () => {
  assert.deepEqual(readView(writeView(view)), view);
});

test("what somebody trained is not shared, since nobody else has it", () => {
  const { map, ...others } = view;
  assert.deepEqual(readView(writeView({ ...view, rungs: [...view.rungs, "own"], map: "own" })), others);
});

test("rungs come in the order of the page, each once", () => {
  assert.deepEqual(readView("#rungs=static,counts,static,nonsense"), { rungs: ["counts", "static"] });
});

test("what makes no sense is left out", () => {
  assert.deepEqual(readView(""), {});
  assert.deepEqual(readView("#text=&rungs=x&map=toString&layout=t-sne&analogy=a&analogy=b&sentence=one"), {});
});
