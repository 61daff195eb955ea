// Vector indexes behind one face: { name, search(query) -> the ids of the ten nearest }, filled with items whose ids are
// 0, 1, 2 ... `bytes` is what one item takes, where it can be told.

export const topK = 10;

/** An index, and the seconds it took to make. */
export async function timed(open) {
  const start = performance.now();
  const engine = await open();
  return { ...engine, seconds: (performance.now() - start) / 1000 };
}

/** As a careful engineer would write it without WebAssembly: one flat array, four sums at a time. */
export function openLoop(items) {
  const dimensions = items[0].length;
  const rows = new Float32Array(items.length * dimensions);
  for (const [i, item] of items.entries()) rows.set(item, i * dimensions);
  const scores = new Float32Array(items.length);
  const search = (query) => {
    for (let i = 0, at = 0; i < scores.length; i++, at += dimensions) {
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let k = 0; k < dimensions; k += 4) {
        a += rows[at + k] * query[k];
        b += rows[at + k + 1] * query[k + 1];
        c += rows[at + k + 2] * query[k + 2];
        d += rows[at + k + 3] * query[k + 3];
      }
      scores[i] = a + b + c + d;
    }
    return best(scores);
  };
  return { name: "JavaScript loop, f32", search, bytes: 4 * dimensions };
}

/** The positions of the largest scores, best first. */
function best(scores) {
  const ids = new Int32Array(topK);
  const values = new Float32Array(topK).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    if (score <= values[topK - 1]) continue;
    let at = topK - 1;
    for (; at > 0 && values[at - 1] < score; at--) {
      values[at] = values[at - 1];
      ids[at] = ids[at - 1];
    }
    values[at] = score;
    ids[at] = i;
  }
  return Array.from(ids);
}

const hnsw = { connectivity: 16, expansion_add: 128, expansion_search: 64 };
const hnswTitle = "HNSW M 16, efC 128, ef 64";

/** With `graph`, by one. */
export async function openKinvec({ createIndex }, items, { graph, ...options }) {
  const index = await createIndex({ dimensions: items[0].length, ...options });
  index.add([...items.keys()], items);
  if (graph) await index.buildGraph({ neighbors: hnsw.connectivity, effort: hnsw.expansion_add });
  const form = options.rescore === false ? ", not re-scored" : graph ? `, ${hnswTitle}` : "";
  return {
    name: `kinvec, ${options.precision}${form}`,
    search: (query) => index.search(query, { topK, effort: hnsw.expansion_search, exact: !graph }).map(({ id }) => id),
    bytes: index.bytesPerItem + (index.graph?.bytesPerItem ?? 0),
  };
}

/** The native library, one thread. Exact: a scan over all rows; else its graph. */
export function openUsearch({ Index, exactSearch }, items, { exact, quantization }) {
  const dimensions = items[0].length;
  const rows = new Float32Array(items.length * dimensions);
  for (const [i, item] of items.entries()) rows.set(item, i * dimensions);
  if (exact) {
    const search = (query) => Array.from(exactSearch(rows, query.slice(), dimensions, topK, "ip", 1).keys, Number);
    return { name: "usearch (native), exact f32", search, bytes: 4 * dimensions };
  }
  const index = new Index({ dimensions, metric: "ip", quantization, ...hnsw });
  index.add(
    BigUint64Array.from(items, (_, i) => BigInt(i)),
    rows,
    1,
  );
  const search = (query) => Array.from(index.search(query.slice(), topK, 1).keys, Number);
  return { name: `usearch (native), ${quantization}, ${hnswTitle}`, search };
}

export function openHnswlib(library, items) {
  const index = new library.HierarchicalNSW("ip", items[0].length, "");
  index.initIndex(items.length, hnsw.connectivity, hnsw.expansion_add, 100);
  index.setEfSearch(hnsw.expansion_search);
  const ids = [...items.keys()];
  for (let i = 0; i < ids.length; i += 500) index.addPoints(items.slice(i, i + 500), ids.slice(i, i + 500), false);
  return { name: `hnswlib-wasm, ${hnswTitle}`, search: (query) => index.searchKnn(query, topK, undefined).neighbors };
}

/** `memory` is the one its binary was started with. */
export function openVoy({ Voy }, memory, items) {
  const before = memory.buffer.byteLength;
  const embeddings = items.map((item, id) => ({ id: `${id}`, title: "", url: "", embeddings: Array.from(item) }));
  const index = new Voy({ embeddings });
  const search = (query) => index.search(query, topK).neighbors.map(({ id }) => Number(id));
  return { name: "voy, k-d tree", search, bytes: (memory.buffer.byteLength - before) / items.length };
}

/** By distance, which for vectors of length 1 ranks as the dot product does. */
export function openEdgevec({ EdgeVec, EdgeVecConfig }, memory, items) {
  const before = memory.buffer.byteLength;
  const config = new EdgeVecConfig(items[0].length);
  config.metric = "l2";
  const index = new EdgeVec(config);
  for (const item of items) index.insert(item);
  const search = (query) => index.search(query, topK).map(({ id }) => id - 1);
  return { name: "edgevec, HNSW by default", search, bytes: (memory.buffer.byteLength - before) / items.length };
}
