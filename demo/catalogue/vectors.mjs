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

/** What a program's vector is made from. @param {import("./dep11.mjs").Program} program */
export const textOf = (program) => `${program.name}: ${program.summary}. ${blocksToText(program.description)}`;

/**
 * @param {Float32Array} vector unit length
 * @param {Int8Array} row as long; filled so that the largest component is 127 in size
 */
export function quantiseRow(vector, row) {
  let max = 0;
  for (const x of vector) max = Math.max(max, Math.abs(x));
  const scale = max > 0 ? 127 / max : 0;
  for (let i = 0; i < row.length; i++) row[i] = Math.round(vector[i] * scale);
}

/** @returns {Promise<{rows: Int8Array, dimensions: number}>} */
async function embedAll(texts, modelBytes, log) {
  const model = await load(modelBytes);
  let rows = new Int8Array(0);
  let dimensions = 0;
  for (let first = 0; first < texts.length; first += BATCH) {
    const batch = await model.embed(texts.slice(first, first + BATCH), { role: "document" });
    dimensions = batch.dimensions;
    if (rows.length === 0) rows = new Int8Array(texts.length * dimensions);
    for (const [i, vector] of batch.vectors.entries()) {
      quantiseRow(vector, rows.subarray((first + i) * dimensions, (first + i + 1) * dimensions));
    }
    log(Math.min(texts.length, first + BATCH));
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
  const texts = programs.map(textOf);
  const modelBytes = await readFile(modelFile);
  const key = createHash("sha256").update(modelBytes).update(JSON.stringify(texts)).digest("hex").slice(0, 32);
  const kept = join(cacheFolder("demo-vectors"), `${key}.i8`);
  if (existsSync(kept)) {
    const bytes = await readFile(kept);
    return { rows: new Int8Array(bytes), dimensions: bytes.length / programs.length };
  }
  const result = await embedAll(texts, modelBytes, log);
  await writeFile(`${kept}.part`, result.rows);
  await rename(`${kept}.part`, kept);
  return result;
}
