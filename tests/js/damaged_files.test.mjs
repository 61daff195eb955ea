// Damaged model files through the package: each is refused with an error of the list, or was damaged where it does no
// harm. None ends an engine, and a model that is already there never notices.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { KinvecError } from "kinvec";
import { convert } from "kinvec/convert";
import { assertSameBits, binaryOption, loadTested } from "./helpers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const kFiles = 2000;
const text = "the cat sat";

/** Numbers in [0, below) that are the same in every run (a 32-bit linear congruential generator). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const damages = {
  "cut off": (bytes, below) => bytes.slice(0, below(bytes.length)),
  "cut in its header": (bytes, below, header) => bytes.slice(0, below(header)),
  "with flipped bits in its header": (bytes, below, header) => {
    for (let i = 0; i < 3; i++) bytes[below(header)] ^= 1 << below(8);
    return bytes;
  },
  "with an absurd count or size": (bytes, below, header) => {
    const absurd = [0xffffffffffffffffn, 1n << 62n, 1n << 32n, 1n << 31n][below(4)];
    new DataView(bytes.buffer).setBigUint64(below(header - 8), absurd, true);
    return bytes;
  },
  "with damaged weights": (bytes, below, header) => {
    const weights = Math.ceil(header / 64) * 64;
    bytes[weights + below(bytes.length - weights)] ^= 1 << below(8);
    return bytes;
  },
};

async function codeOfLoading(bytes) {
  try {
    const model = await loadTested(bytes);
    const { vectors } = await model.embed(text);
    assert.ok(vectors[0].every(Number.isFinite));
    model.dispose();
    return "loaded";
  } catch (error) {
    assert.ok(error instanceof KinvecError, error?.stack);
    return error.code;
  }
}

describe(`${kFiles} damaged model files`, () => {
  it("give an error of the list or do no harm, and leave other models as they are", async () => {
    const good = await convert(tinyCheckpoint(), { ...binaryOption, calibration: false });
    // The last tensor's record: its name, then dimensions, size, type and offset. Padding and weights follow.
    const lastName = "layer_output_norm.bias";
    const header = Buffer.from(good.buffer).lastIndexOf(lastName) + lastName.length + 4 + 8 + 4 + 8;
    assert.ok(header > 1000 && header < good.length / 2);
    const model = await loadTested(good);
    const { vectors: expected } = await model.embed(text);

    const below = numbers(7);
    const kinds = Object.entries(damages);
    const counts = {};
    for (let i = 0; i < kFiles; i++) {
      const [kind, damage] = kinds[i % kinds.length];
      const code = await codeOfLoading(damage(good.slice(), below, header));
      counts[kind] ??= {};
      counts[kind][code] = (counts[kind][code] ?? 0) + 1;
    }

    for (const [kind, codes] of Object.entries(counts)) {
      assert.equal(codes.ENGINE_LOST ?? 0, 0, `a file ${kind} ended an engine: ${JSON.stringify(codes)}`);
    }
    for (const kind of ["cut off", "cut in its header"]) assert.equal(counts[kind].loaded ?? 0, 0, kind);
    // Padding between tensors is under the checksum too.
    assert.deepEqual(counts["with damaged weights"], { MODEL_HASH: kFiles / kinds.length });
    assertSameBits((await model.embed(text)).vectors[0], expected[0]);
    assertSameBits((await (await loadTested(good)).embed(text)).vectors[0], expected[0]);
  });
});
