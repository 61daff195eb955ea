// kinvec/storage with the real sqlite-vec: what it takes, makes itself and answers.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createIndex } from "kinvec/search";
import { fromSqliteFloat, toSqliteBit, toSqliteFloat, toSqliteInt8 } from "kinvec/storage";
import { getLoadablePath } from "sqlite-vec";
import { dimensions, oddFloats, unitVectors } from "./stored_vectors.mjs";

let database;
before(async () => {
  const { DatabaseSync } = await import("node:sqlite");
  database = new DatabaseSync(":memory:", { allowExtension: true });
  database.loadExtension(getLoadablePath());
});
after(() => database.close());

const vectors = unitVectors(500);
const queries = unitVectors(20, 99);

/** A table of the vectors, in the form that `convert` makes of each. */
function fill(name, column, value, convert) {
  database.exec(`create virtual table ${name} using vec0(id integer primary key, vector ${column})`);
  const insert = database.prepare(`insert into ${name}(id, vector) values (?, ${value})`);
  for (const [i, vector] of vectors.entries()) insert.run(BigInt(i), convert(vector));
  return (query, k) =>
    database
      .prepare(`select id from ${name} where vector match ${value} and k = ? order by distance`)
      .all(convert(query), k)
      .map(({ id }) => id);
}

async function indexOf(options) {
  const index = await createIndex({ dimensions, ...options });
  index.add([...vectors.keys()], vectors);
  return index;
}

describe("sqlite-vec", () => {
  it("finds what an index finds, by the same vectors", async () => {
    const nearest = fill("floats", `float[${dimensions}] distance_metric=cosine`, "?", toSqliteFloat);
    const index = await indexOf({});
    for (const query of queries) {
      assert.deepEqual(
        nearest(query, 10),
        index.search(query).map(({ id }) => id),
      );
    }
  });

  it("finds by int8 nearly all that an index finds", async () => {
    const nearest = fill("codes", `int8[${dimensions}]`, "vec_int8(?)", toSqliteInt8);
    const index = await indexOf({});
    let common = 0;
    for (const query of queries) {
      const found = new Set(nearest(query, 10));
      common += index.search(query).filter(({ id }) => found.has(id)).length;
    }
    assert.ok(common >= 0.95 * 10 * queries.length, `${common} of ${10 * queries.length}`);
  });

  it("finds by bits at the same distances as an index of signs", async () => {
    const nearest = fill("signs", `bit[${dimensions}]`, "vec_bit(?)", toSqliteBit);
    const index = await indexOf({ precision: "binary", rescore: false });
    for (const query of queries) {
      const scores = new Map(index.search(query, { topK: vectors.length }).map(({ id, score }) => [id, score]));
      // Which of equally distant ones are the last is each one's own choice.
      const best = index.search(query).map(({ score }) => score);
      assert.deepEqual(
        nearest(query, 10).map((id) => scores.get(id)),
        best,
      );
    }
  });

  it("gives back floats with the same bits", () => {
    const floats = oddFloats(dimensions);
    database.exec(`create virtual table kept using vec0(vector float[${dimensions}])`);
    database.prepare("insert into kept(rowid, vector) values (1, ?)").run(toSqliteFloat(floats));
    const { vector } = database.prepare("select vector from kept").get();
    assert.deepEqual(new Uint32Array(fromSqliteFloat(vector).buffer), new Uint32Array(floats.buffer));
  });

  it("makes the same codes and bits of a vector", () => {
    const edges = Float32Array.of(1, -1, 0, -0, 1 / 255, -1 / 255, 0.5, -0.5);
    for (const vector of [...vectors, edges]) {
      const own = database
        .prepare("select vec_quantize_int8(?, 'unit') as codes, vec_quantize_binary(?) as bits")
        .get(toSqliteFloat(vector), toSqliteFloat(vector));
      assert.deepEqual(Buffer.from(toSqliteInt8(vector)), Buffer.from(own.codes));
      assert.deepEqual(Buffer.from(toSqliteBit(vector)), Buffer.from(own.bits));
    }
  });
});
