// Searches known vectors in every way an index offers, and hashes the hits and the bits of their scores.
// Runs in pages and in Node.js alike.

import { hashVectors } from "./same_bits.mjs";

/** What hashSearches answers in every engine and binary. */
export const goldenSearches = "6bf3722fbdcb4bc712a53175dc3ba0304776de18f108635ba7b51019454ff4ca";

/** What hashGraphs answers in every engine and binary. */
export const goldenGraphs = "e302f72ff89b58362942f1dfefd6f90febd5d9a010785b70ea516f85e88df204";

/** What hashIndexFiles answers in every engine and binary; another number means that older files are read no more. */
export const goldenIndexFiles = "0fe9344ee057ba97183445c75bb4fd53f49961c6fd131f130f2ad8bfc80cdf8c";

/** Vectors that look random and are the same each time. */
export function knownVectors(count, dimensions, seed = 1) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  return Array.from({ length: count }, () => Float32Array.from({ length: dimensions }, next));
}

/** @param createIndex of kinvec/search; options: its own besides those that are tried. */
export async function hashSearches(createIndex, options = {}) {
  const found = [];
  for (const dimensions of [1, 6, 50, 384]) {
    const items = knownVectors(701, dimensions);
    const queries = knownVectors(8, dimensions, 99);
    for (const precision of ["f32", "int8", "binary"]) {
      for (const rescore of [true, false]) {
        const index = await createIndex({ ...options, dimensions, precision, rescore });
        index.add([...items.keys()], items);
        const lists = [...queries.map((query) => index.search(query, { topK: 20 })), ...index.searchBatch(queries)];
        for (const hits of lists) found.push(Float32Array.from(hits.flatMap(({ id, score }) => [id, score])));
        index.dispose();
      }
    }
  }
  return hashVectors(found);
}

/** Builds, changes, searches and saves graphs, and hashes the hits and the files. Parameters as hashSearches. */
export async function hashGraphs(createIndex, options = {}) {
  const found = [];
  for (const dimensions of [6, 50]) {
    const items = knownVectors(1500, dimensions);
    const index = await createIndex({ ...options, dimensions, fingerprint: "a model" });
    index.add([...items.keys()], items);
    await index.buildGraph({ neighbors: 8, effort: 40 });
    index.remove(index.ids().filter((id) => id % 5 === 0));
    index.upsert([3, "new"], items.slice(0, 2));
    for (const hits of index.searchBatch(knownVectors(20, dimensions, 99), { effort: 20 })) {
      found.push(Float32Array.from(hits.flatMap(({ id, score }) => [id === "new" ? -1 : id, score])));
    }
    found.push(index.save());
    index.dispose();
  }
  return hashVectors(found);
}

/** Saves indexes of all forms, and hashes the files. Parameters as hashSearches. */
export async function hashIndexFiles(createIndex, options = {}) {
  const files = [];
  for (const dimensions of [1, 6, 50, 384]) {
    const items = knownVectors(701, dimensions);
    for (const precision of ["f32", "int8", "binary"]) {
      for (const rescore of [true, false]) {
        const index = await createIndex({ ...options, dimensions, precision, rescore, fingerprint: "a model" });
        index.add(
          items.map((_, i) => [i, `item ${i}`, `\uD800 ${i}`][i % 3]),
          items,
        );
        files.push(index.save());
        index.dispose();
      }
    }
  }
  return hashVectors(files);
}
