// The texts: single ones of exact lengths, a batch of equal ones, and a mixed batch as real lists of texts are.

import { readFileSync } from "node:fs";
import path from "node:path";
import { AutoTokenizer, env } from "@huggingface/transformers";
import { checkpoint, root } from "./paths.mjs";

const lengths = [8, 16, 32, 64, 128, 256];

/** @returns {Promise<{ workloads: object[], sentences: { text: string, ids: number[] }[], startTexts: object }>} */
export async function makeWorkloads() {
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(checkpoint);
  const tokenizer = await AutoTokenizer.from_pretrained(path.basename(checkpoint));
  const encode = (text) => tokenizer.encode(text);
  const sentences = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));

  const take = exactTexts(sentences, encode);
  const workload = (name, title, counts, oneByOne = false) => {
    const texts = counts.map(take);
    const ids = texts.map(encode);
    return { name, title, texts, ids, oneByOne, ...sizeOf(ids) };
  };
  // 37 and 124 share no factor, so the 64 lengths are spread evenly over 5 ... 128, in no order.
  const mixed = workload(
    "mixed",
    "",
    Array.from({ length: 64 }, (_, i) => 5 + ((i * 37) % 124)),
  );
  return {
    workloads: [
      ...lengths.map((count) => workload(`${count}`, `${count} tokens`, [count])),
      workload("32x32", "batch of 32 texts of 32 tokens", Array(32).fill(32)),
      { ...mixed, title: `mixed batch, 64 texts of 5 to 128 tokens (${mixed.tokens} tokens)` },
      { ...mixed, name: "mixed1", title: "the same 64 texts one at a time", oneByOne: true },
    ],
    sentences: sentences.map((text) => ({ text, ids: encode(text) })),
    startTexts: { first: take(12), again: take(32) },
  };
}

/** Tokens and multiply-accumulates of texts in all-MiniLM-L6-v2: linear layers, then scores and sums of attention. */
function sizeOf(ids) {
  const [layers, width, inner] = [6, 384, 1536];
  const lengths = ids.map((row) => row.length);
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const squares = lengths.reduce((sum, length) => sum + length * length, 0);
  const linear = 4 * width * width + 2 * width * inner;
  return { tokens, products: layers * (linear * tokens + 2 * width * squares) };
}

/** Answers a function that gives, call after call, other texts of exactly so many tokens, special ones included. */
function exactTexts(sentences, encode) {
  const words = sentences
    .filter((text) => /^[ -~]+$/.test(text) && text.length > 150)
    .join(" ")
    .split(" ");
  let start = 0;
  return (count) => {
    for (; ; start++) {
      const from = start % words.length;
      const around = [...words.slice(from), ...words];
      // As many words as fit; the next start is tried if their tokens are not exactly as many.
      let taken = around.slice(0, count - 2);
      let found = encode(taken.join(" ")).length;
      while (found > count) {
        taken = taken.slice(0, -Math.max(1, Math.floor((found - count) / 4)));
        found = encode(taken.join(" ")).length;
      }
      if (found === count) {
        start += taken.length;
        return taken.join(" ");
      }
    }
  };
}
