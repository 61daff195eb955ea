import assert from "node:assert/strict";
import { test } from "node:test";
import { atLineEnds, counted, textsOf } from "./texts.ts";

async function collect(texts: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const text of texts) all.push(text);
  return all;
}

test("a long text comes in parts that end at line ends and together are the text", async () => {
  const line = `${"word ".repeat(20)}\n`;
  const chunks = Array.from({ length: 50 }, () => line.repeat(40).slice(0, 3990));
  const parts = await collect(atLineEnds(chunks));
  assert.ok(parts.length > 1);
  assert.equal(parts.join(""), chunks.join(""));
  for (const part of parts.slice(0, -1)) assert.ok(part.endsWith("\n"));
});

test("a file is read as UTF-8, also where a character lies across two chunks", async () => {
  const text = "\u00e9\u4f60\u{1f40a}\n".repeat(30_000);
  const file = new File([text], "text.txt");
  assert.equal((await collect(textsOf({ kind: "file", file }))).join(""), text);
});

test("what is read is counted", async () => {
  let characters = 0;
  const texts = counted(textsOf({ kind: "text", text: "one\ntwo" }), (length) => {
    characters += length;
  });
  await collect(texts);
  assert.equal(characters, 7);
});
