// Measures indexes in a page; bench/lib/search_sitting.mjs calls it.

import { openHnswlib, openKinvec, openLoop, timed } from "/bench/engines/search.mjs";
import { clusteredVectors } from "/bench/lib/search_data.mjs";
import { takeTurns } from "/bench/lib/search_turns.mjs";

async function hnswlib(items) {
  const { loadHnswlib } = await import("/bench/node_modules/hnswlib-wasm/dist/hnswlib.js");
  return openHnswlib(await loadHnswlib(), items);
}

const graph = { precision: "f32", graph: true };

export async function measureSearch({ many, few, queries, rounds, budget }) {
  const kinvec = await import("/kinvec/search.mjs");
  const measureOn = async (count, others) => {
    const items = clusteredVectors(count, 2);
    const engines = [await timed(() => openLoop(items))];
    for (const options of [{ precision: "f32" }, { precision: "int8" }, { precision: "binary" }, graph]) {
      engines.push(await timed(() => openKinvec(kinvec, items, options)));
    }
    for (const other of others) engines.push(await timed(() => other(items)));
    return takeTurns(engines, clusteredVectors(queries, 3), { rounds, budget });
  };
  return { many: await measureOn(many, []), few: await measureOn(few, [hnswlib]) };
}
