import assert from "node:assert/strict";
import { test } from "node:test";
import type { Encoded } from "../worker/protocol.ts";
import { isGap, type Label, type Segment, segmentsOf } from "./pieces.ts";
import { textInfo } from "./text_info.ts";

type Token = [token: string, start: number, end: number, word?: number];

function encoded(tokens: Token[], changes: Partial<Encoded> = {}): Encoded {
  return {
    ids: Int32Array.from(tokens.keys()),
    tokens: tokens.map(([token]) => token),
    offsets: Int32Array.from(tokens.flatMap(([, start, end]) => [start, end])),
    wordIds: Int32Array.from(tokens, ([, , , word]) => word ?? -1),
    special: new Uint8Array(tokens.length),
    unknownId: -1,
    ...changes,
  };
}

const row = (tokens: Encoded, text: string, label: Label = "text", limit = 100) =>
  segmentsOf(tokens, textInfo(text), label, limit);
const written = (segments: Segment[]) => segments.map((part) => (isGap(part) ? `(${part.gap})` : part.label));

const TWO_WORDS = encoded([
  ["un", 0, 2, 0],
  ["##kind", 2, 6, 0],
  ["cat", 7, 10, 1],
]);

test("pieces and gaps together are the text", () => {
  const text = "  unkind\n cat! ";
  const segments = row(
    encoded([
      ["un", 2, 4, 0],
      ["##kind", 4, 8, 0],
      ["cat", 10, 13, 1],
    ]),
    text,
  );
  assert.equal(segments.map((part) => (isGap(part) ? part.gap : part.label)).join(""), text);
});

test("a piece carries its text, its token or its id", () => {
  assert.deepEqual(written(row(TWO_WORDS, "unkind cat")), ["un", "kind", "( )", "cat"]);
  assert.deepEqual(written(row(TWO_WORDS, "unkind cat", "token")), ["un", "##kind", "( )", "cat"]);
  assert.deepEqual(written(row(TWO_WORDS, "unkind cat", "id")), ["0", "1", "( )", "2"]);
});

test("pieces of one word are joined and have one colour, the next word has another", () => {
  const [un, kind, , cat] = row(TWO_WORDS, "unkind cat") as { joined: boolean; hue: number }[];
  assert.deepEqual([un?.joined, kind?.joined, cat?.joined], [false, true, false]);
  assert.equal(un?.hue, kind?.hue);
  assert.notEqual(kind?.hue, cat?.hue);
});

test("a space inside a piece shows, and does not change the colour", () => {
  const text = "a cat";
  const [, byteLevel] = row(
    encoded([
      ["a", 0, 1, 0],
      ["\u0120cat", 1, 5, 1],
    ]),
    text,
  ) as { label: string; hue: number }[];
  assert.equal(byteLevel?.label, "\u00b7cat");
  assert.equal(byteLevel?.hue, textInfo(text).hues[2]);
});

test("a space mark without text shows as a space", () => {
  const segments = row(
    encoded([
      ["\u0120", 0, 0, 0],
      ["\u2581", 0, 0, 0],
    ]),
    "a",
  );
  assert.deepEqual(written(segments.slice(0, 2)), ["\u00b7", "\u00b7"]);
});

test("bytes of one character show as bytes", () => {
  const spelt = encoded([
    ["<0xC3>", 0, 1],
    ["<0xA9>", 0, 1],
    ["<0x21>", 1, 2],
  ]);
  assert.deepEqual(written(row(spelt, "\u00e9!")), ["C3", "A9", "!"]);
  const byteLevel = encoded([
    ["\u00f0\u0141", 0, 2],
    ["\u012c", 0, 2],
    ["\u012a", 0, 2],
  ]);
  assert.deepEqual(written(row(byteLevel, "\u{1f40a}")), ["F0 9F", "8A", "88"]);
});

test("unknown and special tokens are told apart", () => {
  const tokens = encoded(
    [
      ["[CLS]", 0, 0],
      ["[UNK]", 0, 2, 0],
      ["[SEP]", 0, 0],
    ],
    { special: Uint8Array.of(1, 0, 1), unknownId: 1 },
  );
  const segments = row(tokens, "\u4f60\u597d") as { kind: string; label: string }[];
  assert.deepEqual(
    segments.map(({ kind, label }) => [kind, label]),
    [
      ["special", "[CLS]"],
      ["unknown", "\u4f60\u597d"],
      ["special", "[SEP]"],
    ],
  );
});

test("no more pieces are made than asked for", () => {
  assert.deepEqual(written(row(TWO_WORDS, "unkind cat", "text", 1)), ["un"]);
});
