// Vectors of texts, made by the package itself and kept in the cache folder: a hash of model and texts names the file.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "kinvec";
import { cache, root } from "../../tools/lib/project.mjs";

export const modelFile = path.join(root, "models/all-MiniLM-L6-v2.q8.gguf");
const kBatch = 256; // texts between two reports

/**
 * @param {string[]} texts
 * @param {{ role?: "query" | "document", onProgress?: (line: string) => void }} options
 * @returns {Promise<Float32Array[]>} vectors of length 1 [n_texts, dimensions]
 */
export async function vectorsOf(texts, { role = "document", onProgress = () => {} } = {}) {
  const hash = createHash("sha256").update(readFileSync(modelFile)).update(JSON.stringify([role, texts]));
  const file = path.join(cache, "eval", `${hash.digest("hex").slice(0, 32)}.f32`);
  if (!existsSync(file)) await embedInto(file, texts, { role, onProgress });
  const bytes = readFileSync(file);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const dimensions = all.length / texts.length;
  return texts.map((_, i) => all.subarray(i * dimensions, (i + 1) * dimensions));
}

async function embedInto(file, texts, { role, onProgress }) {
  const model = await load(modelFile);
  try {
    const rows = [];
    for (let start = 0; start < texts.length; start += kBatch) {
      const { vectors } = await model.embed(texts.slice(start, start + kBatch), { role });
      rows.push(...vectors.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)));
      onProgress(`embedding: ${rows.length} of ${texts.length} texts`);
    }
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, Buffer.concat(rows));
    renameSync(`${file}.part`, file);
  } finally {
    model.dispose();
  }
}
