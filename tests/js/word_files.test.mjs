// Files of word vectors: what is read of them in each format, and what is said of those that are wrong.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { loadWordVectors, saveWordVectors } from "kinvec/words";
import { goldenJson, goldenPath } from "./goldens.mjs";
import { assertSameBits, failsWith } from "./helpers.mjs";

const encoder = new TextEncoder();
const skipgram = readFileSync(goldenPath("words/skipgram.bin"));
const pruned = readFileSync(goldenPath("words/pruned.ftz"));

/** Of a file of FastText: where its first word stands. */
const kDictionaryStart = 92;

/** The bytes of texts, numbers (32-bit) and bytes behind each other. */
function bytesOf(...parts) {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === "string") return encoder.encode(part);
      return typeof part === "number" ? new Uint8Array(Float32Array.of(part).buffer) : part;
    }),
  );
}

const files = {
  word2vec: bytesOf("3 2\n", "the 0.5 -1\n", "c\u00e4t 1e-3 2.25\n", "\u65e5\u672c 3 4\n"),
  "word2vec-binary": bytesOf("3 2\n", "the ", 0.5, -1, "c\u00e4t ", 1e-3, 2.25, "\u65e5\u672c ", 3, 4),
  glove: bytesOf("the 0.5 -1\n", "c\u00e4t 1e-3 2.25\n", "\u65e5\u672c 3 4"),
};

/** A stream whose chunks have so many bytes, all in one buffer as a file's are. */
function streamIn(bytes, size) {
  let at = 0;
  const buffer = new Uint8Array(size);
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        const length = bytes.copy(buffer, 0, at, at + size);
        at += length;
        controller.enqueue(buffer.subarray(0, length));
      },
    },
    { highWaterMark: 0 },
  );
}

function assertAsGiven(vectors) {
  assert.deepEqual(vectors.words, ["the", "c\u00e4t", "\u65e5\u672c"]);
  assertSameBits(vectors.rows, [0.5, -1, 1e-3, 2.25, 3, 4]);
}

const wrong = (bytes, pattern, options) => failsWith("MODEL_FORMAT", () => loadWordVectors(bytes, options), pattern);

describe("loadWordVectors", () => {
  for (const [format, bytes] of Object.entries(files)) {
    it(`reads ${format}, said or found by itself`, async () => {
      assertAsGiven(await loadWordVectors(bytes));
      assertAsGiven(await loadWordVectors(bytes, { format }));
    });

    it(`reads ${format} in chunks of any size`, async () => {
      for (const size of [1, 2, 3, 7]) assertAsGiven(await loadWordVectors(streamIn(bytes, size)));
    });

    it(`keeps the first words of ${format} only, and reads no further`, async () => {
      const unreadable = bytesOf(bytes.subarray(0, bytes.length - 5), "\n\nx");
      for (const file of [unreadable, streamIn(unreadable, 4)]) {
        const vectors = await loadWordVectors(file, { limit: 2, format });
        assert.deepEqual(vectors.words, ["the", "c\u00e4t"]);
        assertSameBits(vectors.rows, [0.5, -1, 1e-3, 2.25]);
      }
      assertAsGiven(await loadWordVectors(bytes, { limit: 5 }));
    });
  }

  it("reads text with the line ends of Windows, spaces before them, and tabs", async () => {
    assertAsGiven(await loadWordVectors(bytesOf(files.word2vec.toString().replaceAll("\n", " \r\n"))));
    assertAsGiven(await loadWordVectors(bytesOf(files.glove.toString().replaceAll(" ", "\t"))));
  });

  it("reads a header behind a byte order mark", async () => {
    assertAsGiven(await loadWordVectors(bytesOf("\ufeff", files.word2vec)));
  });

  it("reads binary vectors with a line end behind each, as word2vec itself writes them", async () => {
    assertAsGiven(
      await loadWordVectors(
        bytesOf("3 2\n", "the ", 0.5, -1, "\nc\u00e4t ", 1e-3, 2.25, "\n\u65e5\u672c ", 3, 4, "\n"),
      ),
    );
  });

  it("ends a stream once there are as many words as are wanted", async () => {
    let lines = 0;
    let isCancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(encoder.encode(`word${lines++} 1 2\n`.repeat(100))),
      cancel: () => {
        isCancelled = true;
      },
    });
    const { words } = await loadWordVectors(endless, { limit: 50, format: "glove" });
    assert.deepEqual([words.length, words[49]], [50, "word49"]);
    assert.ok(isCancelled && lines < 60);
  });

  it("takes the numbers from the end of a line: a word may have spaces", async () => {
    const { words } = await loadWordVectors(bytesOf("the 1 2\n", ". . . 3 4\n", "at 7 p.m. 5 6\n", " 7 8\n"));
    assert.deepEqual(words, ["the", ". . .", "at 7 p.m.", ""]);
  });

  it("reads every decimal as the nearest number of 32 bits", async () => {
    const decimals = [
      "0",
      "-0",
      "+1",
      ".5",
      "5.",
      "1e38",
      "-3.4028234663852886e38",
      "1E-45",
      "123456789012345678901234567890",
    ];
    decimals.push("0.1", "16777217", "0.000000000000000000000012345678901234567890", "3.14159274101257324");
    const { rows } = await loadWordVectors(bytesOf(`pi ${decimals.join(" ")}\n`));
    assertSameBits(rows, decimals.map(Number));
  });

  it("keeps the first of a word that is there twice", async () => {
    const vectors = await loadWordVectors(bytesOf("3 1\n", "a 1\nb 2\na 3\n"));
    assert.deepEqual(vectors.words, ["a", "b"]);
    assertSameBits(vectors.rows, [1, 2]);
  });

  it("reads FastText's .bin in chunks of any size", async () => {
    const whole = await loadWordVectors(skipgram);
    for (const size of [61, 4096]) {
      const vectors = await loadWordVectors(streamIn(skipgram, size));
      assert.deepEqual(vectors.words, whole.words);
      assertSameBits(vectors.rows, whole.rows);
    }
  });

  it("keeps the first words of a .bin only, and all of its n-grams", async () => {
    const whole = await loadWordVectors(skipgram);
    const vectors = await loadWordVectors(skipgram, { limit: 10 });
    assert.deepEqual(vectors.words, whole.words.slice(0, 10));
    assert.equal(vectors.rows.length, (10 + 200) * vectors.dimensions);
    assertSameBits(vectors.vector(whole.words[3]), whole.vector(whole.words[3]));
    assertSameBits(vectors.vector("unseen"), whole.vector("unseen"));
  });

  it("reads the words of a classifier that was pruned and quantised", async () => {
    const vectors = await loadWordVectors(pruned);
    assert.ok(vectors.words.length > 50 && !vectors.words.some((word) => word.startsWith("__label__")));
    assert.equal(vectors.words.length + vectors.subwords.kept.size, 400);
    const golden = goldenJson("words/labels.json")["pruned.ftz"];
    for (const [word, expected] of Object.entries(golden.vectors)) {
      const own = vectors.vector(word);
      for (const [d, value] of expected.entries()) assert.ok(Math.abs(own[d] - value) < 1e-6, word);
    }
  });

  it("says how far it is, to the end", async () => {
    const fractions = [];
    await loadWordVectors(fileURLToPath(goldenPath("words/skipgram.bin")), {
      onProgress: ({ fraction }) => fractions.push(fraction),
    });
    assert.equal(fractions.at(-1), 1);
    assert.deepEqual(
      fractions,
      fractions.toSorted((a, b) => a - b),
    );
  });

  it("can be aborted", async () => {
    await failsWith("ABORTED", () => loadWordVectors(files.glove, { signal: AbortSignal.abort() }));
    const controller = new AbortController();
    const endless = new ReadableStream({
      pull: (stream) => {
        stream.enqueue(encoder.encode("word 1 2\n"));
        if (Math.random() < 1e-2) controller.abort();
      },
    });
    await failsWith("ABORTED", () => loadWordVectors(endless, { signal: controller.signal }));
  });

  it("refuses options that are wrong", async () => {
    const refused = (options) => failsWith("INVALID_ARGUMENT", () => loadWordVectors(files.glove, options), /options/);
    for (const limit of [0, -1, 1.5, "5"]) await refused({ limit });
    await refused({ format: "csv" });
    await refused({ invalidUtf8: true });
    await refused({ baseUrl: 5 });
    await refused("glove");
    await failsWith("INVALID_ARGUMENT", () => loadWordVectors({ "a.txt": "a 1" }), /not a folder/);
    await failsWith("INVALID_ARGUMENT", () => loadWordVectors(7));
  });
});

describe("a word that is not valid UTF-8", () => {
  const bad = Uint8Array.of(0x66, 0xfc, 0x72); // "für" in Latin-1
  const given = {
    word2vec: bytesOf("3 1\n", "a 1\n", bad, " 2\n", "b 3\n"),
    "word2vec-binary": bytesOf("3 1\n", "a ", 1, bad, " ", 2, "b ", 3),
    glove: bytesOf("a 1\n", bad, " 2\n", "b 3\n"),
  };
  for (const [format, bytes] of Object.entries(given)) {
    it(`is an error, replaced or skipped (${format})`, async () => {
      const { at } = await wrong(bytes, /not valid UTF-8.*invalidUtf8/, { format });
      assert.equal(at, bytes.indexOf(bad));
      const replaced = await loadWordVectors(bytes, { format, invalidUtf8: "replace" });
      assert.deepEqual(replaced.words, ["a", "f\ufffdr", "b"]);
      assertSameBits(replaced.rows, [1, 2, 3]);
      const skipped = await loadWordVectors(bytes, { format, invalidUtf8: "skip" });
      assert.deepEqual(skipped.words, ["a", "b"]);
      assertSameBits(skipped.rows, [1, 3]);
    });
  }

  it("is an error, replaced or skipped (fasttext)", async () => {
    const { words, dimensions } = await loadWordVectors(skipgram);
    const bytes = Buffer.from(skipgram);
    const at = kDictionaryStart + Buffer.byteLength(words[0]) + 10; // behind the first word, its zero, count and type
    bytes[at] = 0xff;
    assert.equal((await wrong(bytes, /not valid UTF-8/)).at, at);
    const skipped = await loadWordVectors(bytes, { invalidUtf8: "skip" });
    assert.deepEqual(skipped.words, words.toSpliced(1, 1));
    assert.equal(skipped.rows.length, (words.length - 1 + 200) * dimensions);
    assert.equal((await loadWordVectors(bytes, { invalidUtf8: "replace" })).words[1], `\ufffd${words[1].slice(1)}`);
  });
});

describe("a file that is no word vectors, or damaged ones,", () => {
  it("is told by what it is", async () => {
    await wrong(bytesOf(Uint8Array.of(0x1f, 0x8b, 8, 0)), /compressed.*DecompressionStream/);
    await wrong(bytesOf("PK\u0003\u0004"), /compressed/);
    await wrong(bytesOf("just some text\n"), /no word vectors/);
    await wrong(Uint8Array.of(0, 1, 2, 3), /no word vectors/);
    const other = (bytes, pattern) => failsWith("FETCH_FAILED", () => loadWordVectors(bytes), pattern);
    await other(new Uint8Array(), /empty/);
    await other(bytesOf("<!doctype html><title>x</title>"), /HTML/);
    await other(bytesOf("version https://git-lfs.github.com/spec/v1\n"), /Git LFS/);
  });

  it("is told by the line and its first byte", async () => {
    assert.equal(
      (await wrong(bytesOf("2 2\n", "a 1 2\n", "b 3\n"), /line 3: expected a word and 2 numbers, found "b 3"/)).at,
      10,
    );
    await wrong(bytesOf("2 2\n", "a 1 x\n", "b 3 4\n"), /line 2: expected a word and 2 numbers, found "a 1 x"/);
    await wrong(bytesOf("a 1 2\n", "b 3 x\n"), /line 2/);
    await wrong(bytesOf("a 1 2\n", "b 3 nan\n"), /line 2/);
    await wrong(bytesOf("a 1 2\n", "b 3 1e39\n"), /line 2/);
    await wrong(bytesOf("a 1 2\n", "\n"), /line 2/);
    await wrong(bytesOf("a 1 2\n", `${"b ".repeat(100)}\n`), /line 2.*…/);
    await wrong(bytesOf("a 1\n", "b".repeat(2 ** 21 + 1)), /line 2: expected at most 2097152 bytes/);
    await wrong(bytesOf("five 2\n"), /line 1: expected how many words/, { format: "word2vec" });
  });

  it("is told by its byte where it ends too early", async () => {
    for (const format of ["word2vec", "word2vec-binary"]) {
      const bytes = files[format];
      for (const end of [bytes.length - 9, 12]) {
        await wrong(bytes.subarray(0, end), /the file|are needed|line [24]/, { format });
        await wrong(streamIn(bytes.subarray(0, end), 5), /the file|line [24]/, { format });
      }
    }
    for (const end of [3, 60, 80, 2000, skipgram.indexOf("the\0") + 1, 20_000]) {
      await wrong(skipgram.subarray(0, end), end > 3 ? /end|needed/ : /no word vectors/);
      await wrong(streamIn(skipgram.subarray(0, end), 64), end > 3 ? /ends too early/ : /no word vectors/);
    }
  });

  it("is told if a response breaks off", async () => {
    const response = new Response(files.glove, { headers: { "content-length": "1000" } });
    await failsWith("FETCH_FAILED", () => loadWordVectors(response), /ended after \d+ of 1000 bytes/);
  });

  it("takes no memory for sizes that it cannot have", async () => {
    await wrong(bytesOf("1000000000000 300\n", "a 1 2 3\n"), /1000000000000 words/);
    await wrong(bytesOf("5 0\n"), /0 dimensions/);
    await wrong(bytesOf("5 99999999\n"), /99999999 dimensions/);
    await wrong(bytesOf("2000000000 65536\n", "a 1"), /bytes are needed/, { format: "word2vec" });
    await wrong(streamIn(bytesOf("2000000000 65536\n", "a 1"), 9), /line 2/, { format: "word2vec" });
    await wrong(bytesOf("2000000000 65536\n", "a "), /bytes are needed/, { format: "word2vec-binary" });
    await wrong(streamIn(bytesOf("2000000000 65536\n", "a "), 9), /ends too early/, { format: "word2vec-binary" });
  });

  it("of FastText is told by what is wrong in its header", async () => {
    const changed = (at, value) => {
      const bytes = Buffer.from(skipgram);
      bytes.writeInt32LE(value, at);
      return bytes;
    };
    await failsWith("MODEL_VERSION", () => loadWordVectors(changed(4, 13)), /version 13/);
    await wrong(changed(8, 0), /0 dimensions/);
    await wrong(changed(8, -7), /-7 dimensions/);
    await wrong(changed(8, 8), /a matrix of \d+ × 7 where \d+ × 8 is due/);
    await wrong(changed(32, 9), /model 3|loss 9/);
    await wrong(changed(36, 4), /no model 4/);
    await wrong(changed(40, -1), /-1 buckets/);
    await wrong(changed(64, 2 ** 31 - 1), /entries cannot have/);
    await wrong(changed(84, 5), /buckets are kept|entry|bucket|word/);
  });

  it("of FastText is refused if its n-grams were pruned twice over", async () => {
    const bytes = Buffer.from(pruned);
    const { words, subwords } = await loadWordVectors(pruned);
    // The pairs stand behind the last label's entry.
    const pairs = Buffer.alloc(8);
    const [[bucket, row]] = subwords.kept;
    pairs.writeInt32LE(bucket);
    pairs.writeInt32LE(row, 4);
    const at = bytes.indexOf(pairs);
    pairs.copy(bytes, at + 8);
    assert.ok(at > 0 && words.length > 0);
    await wrong(bytes, /bucket \d+ cannot have row/);
  });

  it("of this package is told by what is wrong in it", async () => {
    const bytes = Buffer.from(saveWordVectors(await loadWordVectors(files.glove), { format: "gguf" }));
    const changed = (text, by, offset = 0) => {
      const copy = Buffer.from(bytes);
      copy.write(by, copy.indexOf(text) + offset, "latin1");
      return copy;
    };
    await failsWith(
      "UNSUPPORTED_ARCHITECTURE",
      () => loadWordVectors(changed("wordvectors", "bert-model1")),
      /"bert-model1"/,
    );
    await failsWith("MODEL_VERSION", () => loadWordVectors(changed("kinvec.version", "\x03", 18)), /version 3/);
    await failsWith("UNSUPPORTED_DTYPE", () => loadWordVectors(changed("wordvectors.dtype", "q5", 29)), /"q5"/);
    await wrong(changed("wordvectors.dtype", "q4", 29), /not the tensor word_embd.weight/);
    await wrong(changed("kinvec.checksum", "kinvec.checkers"), /no kinvec.checksum/);
    await wrong(changed("xxh64:", "crc32:"), /no kinvec.checksum/);
    await failsWith("MODEL_HASH", () => loadWordVectors(changed("xxh64:", "f".repeat(16), 6)), /do not match/);
    await failsWith("MODEL_HASH", () =>
      loadWordVectors(changed("xxh64:", "\x7f", bytes.length - bytes.indexOf("xxh64:") - 70)),
    );
    await wrong(bytes.subarray(0, bytes.length - 1), /too early|needed/);
    await wrong(changed("wordvectors.words", "wordvectors.wordz"), /no wordvectors.words/);
    await wrong(changed("wordvectors.embedding_length", "\x03", 32), /not the tensor/);
    await wrong(changed("word_embd.weight", "word_embd.height"), /not the tensor/);
    await wrong(bytes.subarray(0, bytes.length - 64), /needed|too early/);
    await wrong(streamIn(bytes.subarray(0, bytes.length - 64), 9), /too early/);
    await wrong(streamIn(bytes.subarray(0, 90), 9), /middle of its header/);
  });

  it("has no numbers that are not finite", async () => {
    await wrong(bytesOf("1 2\n", "a ", 1, Number.NaN), /value NaN/, { format: "word2vec-binary" });
    const { words, dimensions } = await loadWordVectors(skipgram);
    const bytes = Buffer.from(skipgram);
    // The last number before the output matrix, its flag and its sizes.
    const at = bytes.length - 4 * words.length * dimensions - 17 - 4;
    bytes.writeFloatLE(Number.POSITIVE_INFINITY, at);
    assert.equal((await wrong(bytes, /value Infinity/)).at, at);
  });
});
