// Where each program lies on the map: UMAP lays out neighbours in meaning as neighbours in the plane. Made ahead, since it takes
// seconds; the same vectors always give the same map.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createIndex } from "kinvec/search";
import { UMAP } from "umap-js";
import { cacheFolder } from "./cache.mjs";

const SETTINGS = { nNeighbors: 15, minDist: 1, spread: 2, nEpochs: 400 }; // wide and even: a map to look around in
const SEED = 1;
const EDGE_SHARE = 0.005; // of the items on each side may lie on the edge, so that a lone island does not shrink the rest
const MARGIN = 0.05;
const RANK_SHARE = 0.4; // how far crowded stretches are drawn apart and empty ones together
const TURNS = 24; // ways round that are tried, for the one that fills the square best
const CELLS = 20; // of the grid that tells how full it is, each way
const MAX = 65535;

/** mulberry32: a small generator with a seed. @returns {() => number} 0 (inclusive) to 1 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each item's nearest, itself first, and their distances (1 - cosine). @param {Float32Array[]} vectors */
async function neighboursOf(vectors, count) {
  const index = await createIndex({ dimensions: vectors[0].length });
  const ids = vectors.map((_, i) => i);
  index.add(ids, vectors);
  const hits = index.searchBatch(vectors, { topK: count });
  index.dispose();
  return hits.map((row, item) => {
    const others = row.filter(({ id }) => id !== item).slice(0, count - 1);
    return {
      ids: [item, ...others.map(({ id }) => id)],
      distances: [0, ...others.map(({ score }) => Math.max(0, 1 - score))],
    };
  });
}

/** Vectors of unit length. @param {Int8Array} rows [items, dimensions] */
function unitVectors(rows, dimensions) {
  return Array.from({ length: rows.length / dimensions }, (_, i) => {
    const row = Float32Array.from(rows.subarray(i * dimensions, (i + 1) * dimensions));
    const length = Math.hypot(...row) || 1;
    return row.map((x) => x / length);
  });
}

/** Brings one coordinate of all items to 0..1, but for a margin. @param {number[]} values */
function toRange(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  const low = sorted[Math.floor(EDGE_SHARE * last)];
  const high = sorted[Math.ceil((1 - EDGE_SHARE) * last)];
  const rank = new Map(sorted.map((value, i) => [value, i / last]));
  return values.map((value) => {
    const place = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
    const share = (1 - RANK_SHARE) * place + RANK_SHARE * rank.get(value);
    return MARGIN + (1 - 2 * MARGIN) * share;
  });
}

/** Turns the points and brings them to the square. @param {number[][]} points */
function turned(points, angle) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const xs = toRange(points.map(([x, y]) => x * cos - y * sin));
  const ys = toRange(points.map(([x, y]) => x * sin + y * cos));
  return xs.map((x, i) => [x, ys[i]]);
}

/** How many cells of a grid have an item. @param {number[][]} points in the unit square */
const fullness = (points) =>
  new Set(points.map(([x, y]) => Math.floor(x * CELLS) + CELLS * Math.floor(y * CELLS))).size;

async function layOut(rows, dimensions) {
  const vectors = unitVectors(rows, dimensions);
  const nNeighbors = Math.min(SETTINGS.nNeighbors, vectors.length - 1);
  const neighbours = await neighboursOf(vectors, nNeighbors);
  const umap = new UMAP({ ...SETTINGS, nNeighbors, random: randomFrom(SEED) });
  umap.setPrecomputedKNN(
    neighbours.map(({ ids }) => ids),
    neighbours.map(({ distances }) => distances),
  );
  const points = umap.fit(vectors.map((vector) => Array.from(vector)));
  const ways = Array.from({ length: TURNS }, (_, i) => turned(points, (i * Math.PI) / TURNS));
  const best = ways.reduce((most, way) => (fullness(way) > fullness(most) ? way : most));
  return Uint16Array.from(best.flat(), (x) => Math.round(MAX * x));
}

/**
 * @param {Int8Array} rows [items, dimensions], at any scale per row
 * @param {number} dimensions
 * @returns {Promise<Uint16Array>} [items, 2], x and y of each item, 0 to 65535
 */
export async function mapOf(rows, dimensions) {
  const key = createHash("sha256")
    .update(rows)
    .update(JSON.stringify([SETTINGS, SEED, EDGE_SHARE, MARGIN, RANK_SHARE, TURNS, CELLS]))
    .digest("hex")
    .slice(0, 32);
  const kept = join(cacheFolder("demo-map"), `${key}.u16`);
  if (!existsSync(kept)) {
    await writeFile(`${kept}.part`, await layOut(rows, dimensions));
    await rename(`${kept}.part`, kept);
  }
  const bytes = await readFile(kept);
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
