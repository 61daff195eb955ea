// Word vectors trained by the package, kept in the cache folder as the files that a page would get: 8 bits a number.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadWordVectors, saveWordVectors, trainWordVectors } from "kinvec/words";
import { cache } from "../../tools/lib/project.mjs";

/**
 * @param {{ sentences: string[][], hash: string }} text
 * @param {object} options of trainWordVectors
 * @param {{ file: Buffer }} [start] what was trained before, whose training goes on
 * @returns {Promise<{ vectors: import("kinvec/words").WordVectors, file: Buffer, seconds: number }>} `seconds` of processor time
 */
export async function trained(text, options, { start, onProgress = () => {} } = {}) {
  const key = createHash("sha256").update(JSON.stringify([text.hash, options]));
  if (start) key.update(start.file);
  const name = path.join(cache, "rungs", `${key.digest("hex").slice(0, 32)}.gguf`);
  if (!existsSync(name)) await trainInto(name, text, options, { start, onProgress });
  const file = readFileSync(name);
  const { seconds } = JSON.parse(readFileSync(`${name}.json`, "utf8"));
  return { vectors: await loadWordVectors(file), file, seconds };
}

async function trainInto(name, { sentences }, options, { start, onProgress }) {
  const before = process.cpuUsage();
  let said = 0;
  const vectors = await trainWordVectors(sentences, {
    ...options,
    ...(start && { initial: start.vectors }),
    onProgress: ({ stage, fraction }) => {
      const tenths = Math.floor(10 * fraction);
      if (tenths > said) onProgress(`${stage}: ${10 * tenths} %`);
      said = Math.max(said, tenths);
    },
  });
  const { user, system } = process.cpuUsage(before);
  mkdirSync(path.dirname(name), { recursive: true });
  writeFileSync(`${name}.json`, `${JSON.stringify({ options, seconds: (user + system) / 1e6 })}\n`);
  writeFileSync(`${name}.part`, saveWordVectors(vectors, { format: "gguf" }));
  renameSync(`${name}.part`, name);
}
