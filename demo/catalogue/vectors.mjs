// Item vectors, made by the package itself in Node and stored as int8 rows: a quarter of the download, and the rounding moves a
// cosine by less than 0.002. Rows have no scale, since the reader brings them back to length 1.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { load } from "kinvec";
import { cacheFolder } from "./cache.mjs";
import { blocksToText } from "./markup.mjs";

const BATCH = 64; // programs between two progress reports
const BODY_LENGTH = 600; // characters: what a description says first is what the program is; details follow

/** What a program is, in its own few words. @param {import("./dep11.mjs").Program} program */
const headOf = ({ name, summary, sections, keywords }) =>
  `${name}: ${summary}. ${[...sections, ...keywords.slice(0, 8)].join(", ")}`;

/** The beginning of its description, up to a whole word. @param {import("./dep11.mjs").Program} program */
function bodyOf({ description }) {
  const text = blocksToText(description);
  return text.length <= BODY_LENGTH ? text : text.slice(0, BODY_LENGTH).replace(/\s\S*$/, "");
}

/**
 * @param {Float32Array} vector any length
 * @param {Int8Array} row as long; filled so that the largest component is 127 in size
 */
export function quantiseRow(vector, row) {
  let max = 0;
  for (const x of vector) max = Math.max(max, Math.abs(x));
  const scale = max > 0 ? 127 / max : 0;
  for (let i = 0; i < row.length; i++) row[i] = Math.round(vector[i] * scale);
}

/**
 * A program's vector is the mean of its head's and its body's: in one text the long description would drown the few words that say
 * what it is, and among 10 nearest neighbours 71 % instead of 66 % share a section.
 * @returns {Promise<{rows: Int8Array, dimensions: number}>}
 */
async function embedAll(heads, bodies, modelBytes, log) {
  const model = await load(modelBytes);
  let rows = new Int8Array(0);
  let dimensions = 0;
  for (let first = 0; first < heads.length; first += BATCH) {
    const last = Math.min(first + BATCH, heads.length);
    const batch = await model.embed([...heads.slice(first, last), ...bodies.slice(first, last)], { role: "document" });
    dimensions = batch.dimensions;
    if (rows.length === 0) rows = new Int8Array(heads.length * dimensions);
    for (let i = first; i < last; i++) {
      const head = batch.vectors[i - first];
      const body = batch.vectors[i - first + (last - first)];
      quantiseRow(
        head.map((x, k) => x + body[k]),
        rows.subarray(i * dimensions, (i + 1) * dimensions),
      );
    }
    log(last);
  }
  model.dispose();
  return { rows, dimensions };
}

/**
 * @param {import("./dep11.mjs").Program[]} programs
 * @param {URL} modelFile
 * @param {(done: number) => void} log how many programs are done
 * @returns {Promise<{rows: Int8Array, dimensions: number}>} rows: [programs, dimensions]
 */
export async function vectorsOf(programs, modelFile, log) {
  const heads = programs.map(headOf);
  const bodies = programs.map(bodyOf);
  const modelBytes = await readFile(modelFile);
  const key = createHash("sha256")
    .update(modelBytes)
    .update(JSON.stringify([heads, bodies]))
    .digest("hex")
    .slice(0, 32);
  const kept = join(cacheFolder("demo-vectors"), `${key}.i8`);
  if (existsSync(kept)) {
    const bytes = await readFile(kept);
    return { rows: new Int8Array(bytes), dimensions: bytes.length / programs.length };
  }
  const result = await embedAll(heads, bodies, modelBytes, log);
  await writeFile(`${kept}.part`, result.rows);
  await rename(`${kept}.part`, kept);
  return result;
}
