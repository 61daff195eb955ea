// The hashes that tests/golden/tokenizer/make_published.py takes of the reference's answers.

import { createHash } from "node:crypto";

/** A growing list of 32-bit numbers. */
class Numbers {
  #values = new Int32Array(1 << 16);
  #length = 0;

  push(value) {
    this.#grow(1);
    this.#values[this.#length++] = value;
  }

  append(values) {
    this.#grow(values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  clear() {
    this.#length = 0;
  }

  /** As little-endian bytes, which every machine that runs WebAssembly has. */
  bytes() {
    return new Uint8Array(this.#values.buffer, 0, 4 * this.#length);
  }

  #grow(count) {
    if (this.#length + count <= this.#values.length) return;
    const larger = new Int32Array(2 * (this.#length + count));
    larger.set(this.#values);
    this.#values = larger;
  }
}

export function shortHash(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}

const [counts, ids, offsets, words, types] = Array.from({ length: 5 }, () => new Numbers());

/** Number of tokens per text, then ids, offsets, word ids (-1 for none) and type ids of all texts. */
export function encodingsHash(encodings) {
  for (const list of [counts, ids, offsets, words, types]) list.clear();
  for (const encoding of encodings) {
    counts.push(encoding.ids.length);
    ids.append(encoding.ids);
    for (const [start, end] of encoding.offsets) {
      offsets.push(start);
      offsets.push(end);
    }
    for (const word of encoding.wordIds) words.push(word ?? -1);
    types.append(encoding.typeIds);
  }
  return shortHash(...[counts, ids, offsets, words, types].map((list) => list.bytes()));
}

/** Texts decoded without special tokens, and with them where `both`. */
export function decodedHash(tokenizer, encodings, both) {
  const decode = (skipSpecialTokens) => encodings.map(({ ids }) => tokenizer.decode(ids, { skipSpecialTokens }));
  const texts = both ? [...decode(true), ...decode(false)] : decode(true);
  return shortHash(texts.map((text) => `${text}\n`).join(""));
}
