// Measures indexes in a page; bench/lib/search_sitting.mjs calls it.

import { openHnswlib, openKinvec, openLoop } from "/bench/engines/search.mjs";
import { clusteredVectors } from "/bench/lib/search_data.mjs";
import { takeTurns } from "/bench/lib/search_turns.mjs";

async function hnswlib(items) {
  const { loadHnswlib } = await import("/bench/node_modules/hnswlib-wasm/dist/hnswlib.js");
  return openHnswlib(await loadHnswlib(), items);
}

export async function measureSearch({ many, few, queries, rounds, budget }) {
  const kinvec = await import("/kinvec/search.mjs");
  const measureOn = async (count, others) => {
    const items = clusteredVectors(count, 2);
    const engines = [openLoop(items)];
    for (const precision of ["f32", "int8", "binary"]) engines.push(await openKinvec(kinvec, items, { precision }));
    for (const other of others) engines.push(await other(items));
    return takeTurns(engines, clusteredVectors(queries, 3), { rounds, budget });
  };
  return { many: await measureOn(many, []), few: await measureOn(few, [hnswlib]) };
}
