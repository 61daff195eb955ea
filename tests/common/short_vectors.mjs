// Shortens vectors in every way there is, and hashes the bits of what comes out. Runs in pages and in Node.js alike.

import { hashVectors } from "./same_bits.mjs";
import { knownVectors } from "./search_bits.mjs";

/** What hashShort answers in every engine. */
export const goldenShort = {
  pca: "d4af7f4d76b0716fa5b5424e7f18a2b8b572aef4b60ab06aea399632e8944b8b",
  whitened: "e90b118ff746aba10e0114db061281ce3ba67c1434cefedc9ed913501305fff8",
  int8: "b2bfbb6a1945b89acf6321a5032405370e51ab6dd521bbf920d4a64006129539",
  ranges: "72c73e594d2f671ec5e8a4ddeb0325ef63b8daa4eebfb0e30ec58316635956b5",
  bits: "de63bab876865382cc9af99a6b28157253b40ad488c2f11fc566b2ce51f4ca71",
  similarities: "b47d8936cf138cbc73b88d34d4b748e79bd60d0bd3a2c34e521c4dc1b57ef35d",
};

/** @param vectors what kinvec/vectors exports */
export async function hashShort(vectors) {
  const { binarySimilarity, fitPca, int8Ranges, int8Similarity, quantizeBinary, quantizeInt8 } = vectors;
  const known = knownVectors(300, 100);
  const hashes = {};
  for (const [name, options] of Object.entries({ pca: {}, whitened: { whiten: true, normalize: false } })) {
    const pca = await fitPca(known, { dimensions: 40, ...options });
    hashes[name] = await hashVectors([pca.save(), ...pca.transform(known)]);
  }
  const codes = quantizeInt8(known);
  const bits = quantizeBinary(known);
  hashes.int8 = await hashVectors(codes);
  hashes.ranges = await hashVectors(quantizeInt8(known, { ranges: int8Ranges(known.slice(0, 200)) }));
  hashes.bits = await hashVectors(bits);
  hashes.similarities = await hashVectors([int8Similarity(codes[0], codes), binarySimilarity(bits[0], bits)]);
  return hashes;
}
