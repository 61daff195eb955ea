// Damaged tokenizer.json files: each is refused with an error of the list, or was damaged where it does no harm. None
// ends an engine.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { KinvecError } from "kinvec";
import { loadTokenizer } from "kinvec/tokenizers";
import { binaryOption } from "./helpers.mjs";
import { bpeJson, unigramJson, wordpieceJson } from "./small_tokenizers.mjs";

const kFiles = 1500;
const texts = ["The unwanted cat<note> sat!", "", "\u{1F600} Caf\u00E9\n\n 123 \ud800"];
const replacements = [
  ...[null, true, false, -1, 0, 1, 1.5, 65536, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, -1e300],
  ...["", "x", "\u0000", "\u{1F600}".repeat(300), "a b", "[CLS]", [], {}, [[]], [7], ["x", 1], { type: "Lowercase" }],
];

/** Numbers in [0, below) that are the same in every run (a 32-bit linear congruential generator). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Changes one value somewhere in a JSON tree: replaces it, leaves it out or moves it. */
function damage(json, below) {
  let [node, key] = [{ json }, "json"];
  do {
    node = node[key];
    const keys = Object.keys(node);
    key = keys[below(keys.length)];
  } while (typeof node[key] === "object" && node[key] !== null && Object.keys(node[key]).length > 0 && below(4) > 0);
  if (key === undefined) return json;
  const way = below(5);
  if (way === 0) delete node[key];
  else if (way === 1) node[key] = [node[key]];
  else node[key] = replacements[below(replacements.length)];
  return json;
}

/** The text with a piece left out, repeated or changed. */
function damageText(text, below) {
  const [at, length] = [below(text.length), 1 + below(20)];
  const piece = text.slice(at, at + length);
  const instead = ["", piece + piece, "}", "\u0000", piece.toUpperCase()][below(5)];
  return text.slice(0, at) + instead + text.slice(at + length);
}

async function codeOfLoading(source) {
  try {
    const tokenizer = await loadTokenizer(source, binaryOption);
    for (const text of texts) {
      const { ids, tokens, offsets } = tokenizer.encode(text, { pair: "a cat", maxTokens: 20 });
      assert.equal(tokens.length, ids.length);
      for (const [start, end] of offsets) assert.ok(start >= 0 && start <= end && end <= Math.max(text.length, 5));
      tokenizer.decode(ids);
    }
    await loadTokenizer(tokenizer.toJSON(), binaryOption);
    return "loaded";
  } catch (error) {
    assert.ok(error instanceof KinvecError, error?.stack);
    return error.code;
  }
}

describe(`${kFiles} damaged tokenizer.json files`, () => {
  for (const [kind, make] of Object.entries({ WordPiece: wordpieceJson, BPE: bpeJson, Unigram: unigramJson })) {
    it(`give an error of the list or do no harm (${kind})`, async () => {
      const below = numbers(kind.length);
      const counts = {};
      for (let i = 0; i < kFiles / 3; i++) {
        const json = make();
        const source = i % 4 === 3 ? damageText(JSON.stringify(json), below) : damage(json, below);
        const code = await codeOfLoading(source);
        counts[code] = (counts[code] ?? 0) + 1;
      }
      const allowed = [
        "loaded",
        "MODEL_FORMAT",
        "UNSUPPORTED_TOKENIZER",
        "FETCH_FAILED",
        "INVALID_ARGUMENT",
        "TEXT_TOO_LONG",
      ];
      assert.deepEqual(
        Object.keys(counts).filter((code) => !allowed.includes(code)),
        [],
        JSON.stringify(counts),
      );
      assert.ok(counts.loaded > 0 && counts.MODEL_FORMAT > 0, JSON.stringify(counts));
    });
  }
});
