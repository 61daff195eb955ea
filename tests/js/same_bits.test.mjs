// A text's vector depends on the text alone: not on its neighbours, the order, the calls before, or the binary.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { load } from "kinvec";
import { hashEveryWay } from "../common/same_bits.mjs";

const file = (name) => new URL(`../${name}`, import.meta.url);
const golden = readFileSync(file("golden/q8.sha256"), "utf8").trim().split(/\s/)[0];
const sentences = JSON.parse(readFileSync(file("golden/sentences.json"), "utf8"));

describe("the vectors of the golden sentences", () => {
  let model;
  before(async () => {
    const binary = process.env.KINVEC_TEST_BINARY;
    model = await load(file("../models/all-MiniLM-L6-v2.q8.gguf"), binary ? { binary } : {});
  });
  after(() => model.dispose());

  it("have the golden bits alone, in batches, reversed and after 10,000 other calls", async () => {
    const hashes = await hashEveryWay(model, sentences, 10_000);
    for (const [way, hash] of Object.entries(hashes)) assert.equal(hash, golden, way);
  });
});
