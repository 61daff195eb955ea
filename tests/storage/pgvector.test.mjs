// kinvec/storage with the real pgvector, in a Postgres compiled to WebAssembly.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { vector as pgvector } from "@electric-sql/pglite-pgvector";
import { createIndex } from "kinvec/search";
import { fromPgvector, toPgvector } from "kinvec/storage";
import { dimensions, oddFloats, unitVectors } from "./stored_vectors.mjs";

let database;
before(async () => {
  database = await PGlite.create({ extensions: { vector: pgvector } });
  await database.exec("create extension vector");
});
after(() => database.close());

const bitsOf = (floats) => [...new Uint32Array(Float32Array.from(floats).buffer)];

describe("pgvector", () => {
  it("finds what an index finds, by the same vectors", async () => {
    const vectors = unitVectors(300);
    await database.exec(`create table items (id integer primary key, vector vector(${dimensions}))`);
    for (const [id, vector] of vectors.entries()) {
      await database.query("insert into items values ($1, $2)", [id, toPgvector(vector)]);
    }
    const index = await createIndex({ dimensions });
    index.add([...vectors.keys()], vectors);
    for (const query of unitVectors(10, 99)) {
      const { rows } = await database.query("select id from items order by vector <=> $1 limit 10", [
        toPgvector(query),
      ]);
      assert.deepEqual(
        rows.map(({ id }) => id),
        index.search(query).map(({ id }) => id),
      );
    }
  });

  it("reads and writes floats of all magnitudes with the same bits", async () => {
    const floats = oddFloats(16_000);
    const text = toPgvector(floats);
    const { rows } = await database.query("select $1::vector::text as text", [text]);
    assert.deepEqual(bitsOf(fromPgvector(rows[0].text)), bitsOf(floats));
    // Its own text has the fewest digits that will do, and so has ours.
    const digits = (decimals) =>
      decimals
        .slice(1, -1)
        .split(",")
        .map((number) => number.replace(/e.*|[-+.]/g, "").replace(/^0+|0+$/g, "").length);
    assert.deepEqual(digits(text), digits(rows[0].text));
  });

  it("takes the text for a halfvec too", async () => {
    const { rows } = await database.query("select $1::halfvec::text as text", [toPgvector([0.1, -2, 65504])]);
    assert.deepEqual(
      [...fromPgvector(rows[0].text)],
      [0.1, -2, 65504].map(Math.fround).with(0, Math.fround(0.099975586)),
    );
  });
});
