// Word vectors trained by the package, kept as the files that a page would get: 8 bits a number.

import { loadWordVectors, saveWordVectors, trainWordVectors } from "kinvec/words";
import { kept } from "./kept.mjs";

/**
 * @param {{ sentences: string[][], hash: string }} text
 * @param {object} options of trainWordVectors
 * @param {{ start?: { file: Buffer }, onProgress?: (line: string) => void }} [more] `start`: a file whose training goes on
 * @returns {Promise<{ vectors: import("kinvec/words").WordVectors, file: Buffer, seconds: number }>} `seconds` of processor time
 */
export async function trained({ sentences, hash }, options, { start, onProgress = () => {} } = {}) {
  const sources = [JSON.stringify([hash, options]), ...(start ? [start.file] : [])];
  const { file, seconds } = await kept(sources, async () => {
    const initial = start && (await loadWordVectors(start.file));
    const vectors = await trainWordVectors(sentences, { ...options, initial, onProgress: tenths(onProgress) });
    return saveWordVectors(vectors, { format: "gguf" });
  });
  return { vectors: await loadWordVectors(file), file, seconds };
}

/** Says how far it is, a few times. */
function tenths(say) {
  let said = 0;
  return ({ stage, fraction }) => {
    const done = Math.floor(10 * fraction);
    if (done > said) say(`${stage}: ${10 * done} %`);
    said = Math.max(said, done);
  };
}
