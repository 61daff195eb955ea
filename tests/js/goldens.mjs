// Reading of the reference values in tests/golden, and how close vectors are to them.

import { readFileSync } from "node:fs";

const golden = new URL("../golden/", import.meta.url);

export function goldenPath(name) {
  return new URL(name, golden);
}

export function goldenJson(name) {
  return JSON.parse(readFileSync(goldenPath(name), "utf8"));
}

/** The values of a raw little-endian file, as numbers: `.f32`, `.f16` or `.u16` (fixed point, code / 65535). */
export function goldenValues(name) {
  const bytes = readFileSync(goldenPath(name));
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  if (name.endsWith(".f32")) return new Float32Array(buffer);
  const codes = new Uint16Array(buffer);
  return Float32Array.from(codes, name.endsWith(".f16") ? halfToFloat : (code) => code / 65535);
}

function halfToFloat(half) {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** The rows of a flat array, each of this length. */
export function rowsOf(flat, length) {
  return Array.from({ length: flat.length / length }, (_, row) => flat.subarray(row * length, (row + 1) * length));
}

/** Cosine of two vectors, in double precision. */
export function cosine(a, b) {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return dot / Math.sqrt(aa * bb);
}

/** Mean, minimum and the index of the minimum of the cosines of two lists of vectors. */
export function agreement(vectors, expected) {
  const cosines = vectors.map((vector, i) => cosine(vector, expected[i]));
  const min = Math.min(...cosines);
  return { mean: cosines.reduce((sum, c) => sum + c, 0) / cosines.length, min, worst: cosines.indexOf(min) };
}

/** Mean share of each vector's ten nearest among the others that the reference has as well. */
export function neighboursKept(vectors, expected) {
  const nearest = (list) =>
    list.map((vector, i) => {
      const scores = list.map((other, j) => (j === i ? Number.NEGATIVE_INFINITY : cosine(vector, other)));
      const order = scores.map((_, j) => j).sort((a, b) => scores[b] - scores[a]);
      return new Set(order.slice(0, 10));
    });
  const reference = nearest(expected);
  const kept = nearest(vectors).map((own, i) => [...own].filter((j) => reference[i].has(j)).length / 10);
  return kept.reduce((sum, share) => sum + share, 0) / kept.length;
}

/** The largest difference between numbers in nested arrays and the same numbers in one flat array. */
export function largestDifference(nested, flat) {
  let largest = 0;
  let at = 0;
  const visit = (part) => {
    if (typeof part === "number") largest = Math.max(largest, Math.abs(part - flat[at++]));
    else part.forEach(visit);
  };
  visit(nested);
  return at === flat.length ? largest : Number.NaN;
}
