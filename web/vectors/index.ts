// kinvec/vectors: shorter vectors, in fewer dimensions or fewer bits. It brings no binary, and is the same in a page and in Node.js.

export type { EmbeddedVectors, IndexVector } from "../search/index_vectors.ts";
export { fitPca, type PcaOptions } from "./fit_pca.ts";
export { Pca } from "./pca.ts";
export {
  type Int8Ranges,
  int8Ranges,
  type QuantizeBinaryOptions,
  type QuantizeInt8Options,
  quantizeBinary,
  quantizeInt8,
} from "./quantize.ts";
export {
  type BinarySimilarityOptions,
  binarySimilarity,
  int8Similarity,
  type PackedBits,
} from "./quantized_similarity.ts";
export type { Vectors } from "./rows.ts";
