// Files under a pass-phrase: they come back the same, and nothing else does.

import assert from "node:assert/strict";
import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { createIndex, loadIndex } from "kinvec/search";
import { decrypt, encrypt } from "kinvec/storage";
import { binaryOption, failsWith } from "./helpers.mjs";

const passphrase = "correct horse battery staple";
const kHeader = 40;
const kSegment = 1 << 16;
const kTag = 16;

const streamOf = (...chunks) => new ReadableStream({ start: (to) => { for (const chunk of chunks) to.enqueue(chunk); to.close(); } }); // biome-ignore format: one line
const bytesOf = async (stream) => new Uint8Array(await new Response(stream).arrayBuffer());
const sample = new Uint8Array(randomBytes(2 * kSegment + 1000));

/** What the file says in words: the header, then segments sealed by themselves. By Node.js's own cryptography. */
function sealed(bytes, { phrase = passphrase, iterations = 600_000, version = 1, reserved = 0 } = {}) {
  const head = Buffer.alloc(kHeader);
  head.write("KINVECEN");
  head.writeUInt32LE(version, 8);
  head.writeUInt32LE(iterations, 12);
  randomBytes(16).copy(head, 16);
  randomBytes(7).copy(head, 32);
  head[39] = reserved;
  const key = pbkdf2Sync(phrase, head.subarray(16, 32), Math.min(iterations, 600_000), 32, "sha256");
  const pieces = [head];
  const count = Math.max(1, Math.ceil(bytes.length / kSegment));
  for (let i = 0; i < count; i++) {
    const iv = Buffer.alloc(12);
    head.copy(iv, 0, 32, 39);
    iv.writeUInt32BE(i, 7);
    iv[11] = i === count - 1 ? 1 : 0;
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(head);
    pieces.push(cipher.update(bytes.subarray(i * kSegment, (i + 1) * kSegment)), cipher.final(), cipher.getAuthTag());
  }
  return new Uint8Array(Buffer.concat(pieces));
}

describe("encrypted bytes", () => {
  it("come back the same, whatever their length", async () => {
    for (const length of [0, kSegment, kSegment + 1]) {
      const bytes = sample.subarray(0, length);
      const encrypted = await encrypt(bytes, passphrase);
      assert.equal(encrypted.length, kHeader + length + kTag * Math.max(1, Math.ceil(length / kSegment)));
      assert.deepEqual(await decrypt(encrypted, passphrase), new Uint8Array(bytes));
    }
  });

  it("come back as a stream, however it is cut, and by either form from the other", async () => {
    const cut = [sample.subarray(0, 10), new Uint8Array(), sample.subarray(10, 70000), sample.subarray(70000)];
    const encrypted = await bytesOf(await encrypt(streamOf(...cut), passphrase));
    assert.deepEqual(await decrypt(encrypted, passphrase), sample);
    const again = streamOf(encrypted.subarray(0, 3), encrypted.subarray(3, 100), encrypted.subarray(100));
    assert.deepEqual(await bytesOf(await decrypt(again, passphrase)), sample);
  });

  it("hold no byte in a row of what they were, and are others each time", async () => {
    const text = Buffer.from("a secret that is written down ".repeat(20));
    const [one, two] = [
      await encrypt(text, passphrase),
      await encrypt(text.buffer.slice(text.byteOffset, text.byteOffset + text.length), passphrase),
    ];
    assert.equal(Buffer.from(one).includes("secret"), false);
    for (const [start, end] of [
      [16, 32],
      [32, 39],
      [40, 80],
    ]) {
      assert.notDeepEqual(one.subarray(start, end), two.subarray(start, end));
    }
  });

  it("are AES-256-GCM with a key by PBKDF2, in segments", async () => {
    assert.deepEqual(await decrypt(sealed(sample), passphrase), sample);
    assert.deepEqual(await decrypt(sealed(Buffer.alloc(0)), passphrase), new Uint8Array());
    const head = Buffer.from(await encrypt(sample, passphrase)).subarray(0, kHeader);
    assert.equal(head.toString("latin1", 0, 8), "KINVECEN");
    assert.deepEqual([head.readUInt32LE(8), head.readUInt32LE(12), head[39]], [1, 600_000, 0]);
  });

  it("open by the same text, its accents composed or apart", async () => {
    const encrypted = await encrypt(sample.subarray(0, 9), "Caf\u00e9 \u{1f512}");
    assert.deepEqual(await decrypt(encrypted, "Cafe\u0301 \u{1f512}"), sample.slice(0, 9));
  });

  it("are refused with the wrong pass-phrase, at once", async () => {
    const encrypted = await encrypt(sample, passphrase);
    const wrong = "correct horse battery stapler";
    await failsWith("MODEL_HASH", () => decrypt(encrypted, wrong), /pass-phrase is wrong/);
    await failsWith("MODEL_HASH", () => decrypt(streamOf(encrypted), wrong), /pass-phrase is wrong/);
  });

  it("are refused where anything was changed, left out, moved or added", async () => {
    const encrypted = await encrypt(sample, passphrase);
    const other = await encrypt(sample, passphrase);
    const sealedSegment = kSegment + kTag;
    const [first, second] = [0, 1].map((i) => encrypted.subarray(kHeader + i * sealedSegment, kHeader + (i + 1) * sealedSegment)); // biome-ignore format: one line
    const head = encrypted.subarray(0, kHeader);
    const last = encrypted.subarray(kHeader + 2 * sealedSegment);
    const join = (...parts) => new Uint8Array(Buffer.concat(parts));
    const flipped = (at) => encrypted.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const damaged = {
      "the salt": flipped(20),
      "the nonce": flipped(33),
      "the first byte": flipped(kHeader),
      "the last byte": flipped(encrypted.length - 1),
      "a segment that is missing": join(head, first, last),
      "segments in another order": join(head, second, first, last),
      "no last segment": join(head, first, second),
      "a last segment cut short": encrypted.subarray(0, -1),
      "no segment": head,
      "bytes behind the end": join(encrypted, Buffer.of(0)),
      "a segment of another file": join(head, other.subarray(kHeader, kHeader + sealedSegment), second, last),
    };
    for (const [fault, bytes] of Object.entries(damaged)) {
      await failsWith("MODEL_HASH", () => decrypt(bytes, passphrase)).catch((error) =>
        assert.fail(`${fault}: ${error}`),
      );
    }
    // What was right before the fault is given out, then the stream ends with the error.
    const stream = await decrypt(streamOf(join(head, first, last)), passphrase);
    const reader = stream.getReader();
    assert.deepEqual((await reader.read()).value, sample.slice(0, kSegment));
    await failsWith("MODEL_HASH", () => reader.read());
  });

  it("are refused where they are none, and before much work is done for them", async () => {
    await failsWith("MODEL_FORMAT", () => decrypt(new Uint8Array(), passphrase));
    await failsWith("MODEL_FORMAT", () => decrypt(sample, passphrase));
    await failsWith("MODEL_FORMAT", () => decrypt(Buffer.from("KINVECEN"), passphrase));
    await failsWith("MODEL_VERSION", () => decrypt(sealed(sample, { version: 2 }), passphrase), /version 2/);
    await failsWith("MODEL_FORMAT", () => decrypt(sealed(sample, { reserved: 1 }), passphrase));
    for (const iterations of [599_999, 10_000_001]) {
      await failsWith("MODEL_FORMAT", () => decrypt(sealed(sample, { iterations }), passphrase));
    }
  });

  it("are refused with wrong arguments, and where there is no crypto.subtle", async () => {
    for (const call of [encrypt, decrypt]) {
      await failsWith("INVALID_ARGUMENT", () => call("text", passphrase));
      await failsWith("INVALID_ARGUMENT", () => call(sample, ""));
      await failsWith("INVALID_ARGUMENT", () => call(sample, 1234));
      const locked = streamOf(sample);
      locked.getReader();
      await failsWith("INVALID_ARGUMENT", () => call(locked, passphrase));
      const descriptor = Object.getOwnPropertyDescriptor(globalThis, "crypto");
      Object.defineProperty(globalThis, "crypto", { value: { getRandomValues() {} }, configurable: true });
      await failsWith("INVALID_ARGUMENT", () => call(sample, passphrase), /https/);
      Object.defineProperty(globalThis, "crypto", descriptor);
    }
  });

  it("leave a stream that is cancelled or refused", async () => {
    for (const use of [encrypt, async (stream) => decrypt(stream, passphrase)]) {
      let cancelled = false;
      const endless = new ReadableStream({ pull: (to) => to.enqueue(sample), cancel: () => { cancelled = true; } }); // biome-ignore format: one line
      const made = await use(endless, passphrase).catch(() => undefined); // not one that was encrypted
      await made?.cancel();
      await new Promise((resolve) => setTimeout(resolve));
      assert.ok(cancelled);
    }
  });
});

describe("an index", () => {
  it("is kept encrypted, as bytes and as a stream", async () => {
    const index = await createIndex({ dimensions: 300, ...binaryOption });
    index.add([...Array(500).keys()], Array.from({ length: 500 }, (_, i) => Array.from({ length: 300 }, (_, j) => ((i * j) % 17) - 8))); // biome-ignore format: one call
    const query = Array.from({ length: 300 }, (_, i) => i % 5);
    for (const encrypted of [
      await encrypt(index.save(), passphrase),
      await bytesOf(await encrypt(index.saveStream(), passphrase)),
    ]) {
      // biome-ignore format: one line
      const sources = [await decrypt(encrypted, passphrase), await decrypt(streamOf(encrypted), passphrase)];
      for (const source of sources) {
        assert.deepEqual((await loadIndex(source, binaryOption)).search(query), index.search(query));
      }
    }
  });
});
