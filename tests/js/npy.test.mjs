// kinvec/storage: .npy files beside those that NumPy wrote, and matrices.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { KinvecError } from "kinvec";
import {
  fromNpy,
  fromPgvector,
  fromSqliteFloat,
  npyHeader,
  toMatrix,
  toNpy,
  toPgvector,
  toSqliteBit,
  toSqliteInt8,
  toVectors,
} from "kinvec/storage";
import { failsWith, root } from "./helpers.mjs";

const read = (name) => new Uint8Array(readFileSync(path.join(root, `tests/golden/npy/${name}.npy`)));
const bitsOf = (floats) => new Uint32Array(floats.slice().buffer);

describe("fromNpy", () => {
  it("reads float32 with every bit, from any place in a buffer", () => {
    const file = read("f4");
    const { data, rows, columns } = fromNpy(file);
    assert.deepEqual([rows, columns], [4, 8]);
    assert.deepEqual(
      [...data.subarray(0, 24)],
      Array.from({ length: 24 }, (_, i) => (i - 12) / 8),
    );
    assert.deepEqual(
      [...data.subarray(24)],
      [0.1, -0, 2 ** -149, 3.4028234663852886e38, Infinity, -Infinity, NaN, 1 / 3].map(Math.fround),
    );
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    assert.deepEqual(bitsOf(fromNpy(shifted.subarray(1)).data), bitsOf(data));
    assert.deepEqual(bitsOf(fromNpy(file.buffer).data), bitsOf(data));
  });

  it("rounds float16 and float64 as NumPy does", () => {
    for (const name of ["f2", "f8"]) {
      assert.deepEqual(bitsOf(fromNpy(read(name)).data), bitsOf(fromNpy(read(`${name}_as_f4`)).data), name);
    }
  });

  it("reads all versions and shapes of one and two dimensions", () => {
    const shape = ({ rows, columns }) => [rows, columns];
    assert.deepEqual(shape(fromNpy(read("one_dimension"))), [1, 8]);
    assert.deepEqual(shape(fromNpy(read("empty"))), [0, 384]);
    assert.deepEqual(shape(fromNpy(read("no_columns"))), [3, 0]);
    for (const name of ["version_2", "version_3"]) {
      assert.deepEqual(fromNpy(read(name)).data, fromNpy(read("f4")).data.slice(0, 24));
    }
  });

  it("says what it does not read", async () => {
    const refused = {
      big_endian: /type >f4; <f2, <f4, <f8 are read/,
      fortran: /Fortran order; save it after numpy.ascontiguousarray/,
      i4: /type <i4/,
      u1: /type \|u1/,
      complex: /type <c8/,
      records: /type \[\(id, <i4\)/,
      no_dimensions: /shape \(\); one or two/,
      three_dimensions: /shape \(3, 2, 4\); one or two/,
    };
    for (const [name, message] of Object.entries(refused)) {
      await failsWith("UNSUPPORTED_DTYPE", () => fromNpy(read(name)), message);
    }
    const file = read("f4");
    await failsWith("INVALID_ARGUMENT", () => fromNpy("f4.npy"), /Uint8Array or ArrayBuffer, not string/);
    await failsWith("MODEL_FORMAT", () => fromNpy(new TextEncoder().encode("[1, 2, 3]")), /not a .npy file/);
    await failsWith("MODEL_VERSION", () => fromNpy(file.with(6, 4)), /version 4/);
    await failsWith("MODEL_FORMAT", () => fromNpy(new Uint8Array([...file, 0])), /129 bytes of numbers, not 4 x 8 x 4/);
    const huge = new TextEncoder().encode("9999999999999999, 8), }");
    await failsWith("MODEL_FORMAT", () => fromNpy(replaced(file, "4, 8), }", huge)), /bytes of numbers/);
    await failsWith("MODEL_FORMAT", () => fromNpy(replaced(file, "shape", "shade")), /has no shape/);
  });

  it("takes no damaged file for a good one, and never breaks", () => {
    const file = read("f4");
    for (let length = 0; length < file.length; length++) {
      assert.throws(() => fromNpy(file.slice(0, length)), KinvecError);
    }
    for (let bit = 0; bit < 8 * 128; bit++) {
      const bytes = file.slice();
      bytes[bit >> 3] ^= 1 << (bit & 7);
      try {
        const { data, rows, columns } = fromNpy(bytes);
        assert.equal(data.length, rows * columns); // in the padding, or a smaller number behind the shape
      } catch (error) {
        assert.ok(error instanceof KinvecError, `bit ${bit}: ${error.stack}`);
      }
    }
  });
});

/** The file with a part of its header overwritten from where `text` stands. */
function replaced(file, text, other) {
  const copy = file.slice();
  copy.set(Buffer.from(other), Buffer.from(file).indexOf(text));
  return copy;
}

describe("toNpy", () => {
  it("writes the bytes that NumPy writes", () => {
    for (const name of ["f4", "empty", "no_columns", "f2_as_f4"]) {
      const file = read(name);
      assert.deepEqual(toNpy(fromNpy(file)), file, name);
      if (name !== "empty") assert.deepEqual(toNpy(toVectors(fromNpy(file))), file, name);
    }
  });

  it("has a header of the same size for any number of rows", async () => {
    assert.deepEqual(npyHeader(0, 384), read("empty"));
    assert.equal(npyHeader(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).length, 128);
    await failsWith("INVALID_ARGUMENT", () => npyHeader(-1, 384), /rows must be an integer from 0/);
    await failsWith("INVALID_ARGUMENT", () => npyHeader(1, "384"), /columns must be a number/);
  });

  it("refuses what is no list of vectors of one length", async () => {
    const error = await failsWith("DIMENSION_MISMATCH", () => toNpy([[1, 2], [3]]), /vectors\[1\] has 1 dim.* have 2/);
    assert.equal(error.at, 1);
    await failsWith("INVALID_ARGUMENT", () => toNpy(Float32Array.of(1)), /must be an array, not Float32Array/);
    await failsWith("INVALID_ARGUMENT", () => toNpy([["1"]]), /vectors\[0\] must be/);
    await failsWith(
      "INVALID_ARGUMENT",
      () => toNpy({ data: Float32Array.of(1), rows: 2, columns: 1 }),
      /1 numbers, not 2 x 1/,
    );
    await failsWith("INVALID_ARGUMENT", () => toNpy(null), /not null/);
  });
});

describe("a matrix", () => {
  it("has the vectors end to end, and gives them back", () => {
    const vectors = [Float32Array.of(1, 2, 3), [4, 5, 0.1]];
    const matrix = toMatrix({ vectors, fingerprint: "a model" });
    assert.deepEqual(matrix, { data: Float32Array.of(1, 2, 3, 4, 5, 0.1), rows: 2, columns: 3 });
    assert.deepEqual(
      toVectors(matrix),
      vectors.map((vector) => Float32Array.from(vector)),
    );
    assert.equal(toVectors(matrix)[1].buffer, matrix.data.buffer);
    assert.deepEqual(toMatrix([]), { data: new Float32Array(), rows: 0, columns: 0 });
    assert.deepEqual(toMatrix(matrix), matrix);
    assert.notEqual(toMatrix(matrix).data, matrix.data);
  });
});

describe("forms of databases", () => {
  it("have the fewest digits that keep every bit", () => {
    assert.equal(
      toPgvector([1, -0, 0.1, 1 / 3, 1e-7, 16777216, 2 ** -149, 1e30]),
      "[1,-0,0.1,0.33333334,1e-7,16777216,1e-45,1e+30]",
    );
    assert.deepEqual(fromPgvector(" [1, -2.5e-3,.5 ,+7.]\n"), Float32Array.of(1, -2.5e-3, 0.5, 7));
  });

  it("refuse what they cannot hold", async () => {
    await failsWith("INVALID_ARGUMENT", () => toPgvector([1, Number.NaN]), /vector\[1\] is NaN/);
    await failsWith("INVALID_ARGUMENT", () => toPgvector([1e39]), /vector\[0\] is 1e\+39/);
    await failsWith("INVALID_ARGUMENT", () => fromPgvector(null), /not null/);
    for (const text of [
      "",
      "1,2",
      "[]",
      "[1,]",
      "[1,,2]",
      "[[1]]",
      "[a]",
      "[0x10]",
      "[NaN]",
      "[Infinity]",
      "[1e39]",
      "[1 2]",
    ]) {
      await failsWith("MODEL_FORMAT", () => fromPgvector(text));
    }
    await failsWith("MODEL_FORMAT", () => fromSqliteFloat(new Uint8Array(7)), /7 bytes/);
    await failsWith("INVALID_ARGUMENT", () => fromSqliteFloat("blob"), /not string/);
    await failsWith("INVALID_ARGUMENT", () => toSqliteInt8([0, 1.01]), /vector\[1\] is 1.01, not from -1 to 1/);
    await failsWith("INVALID_ARGUMENT", () => toSqliteBit([1, 2, 3]), /3 numbers, not a multiple of 8/);
  });
});
