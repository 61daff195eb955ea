// Vectors at the door of kinvec/vectors.
import { invalid, typeName } from "../arguments.ts";
import { KinvecError } from "../errors.ts";
import { checkVector, type EmbeddedVectors, type IndexVector, isEmbedded } from "../search/index_vectors.ts";

/** Vectors of one length, or what `embed` answered. */
export type Vectors = readonly IndexVector[] | EmbeddedVectors;

/**
 * The vectors, all of finite numbers and one length: that of the first, unless another is wanted.
 * @param wanted what it is that has this length, for the message
 */
export function checkRows(given: unknown, dimensions?: number, wanted = "the first has"): readonly IndexVector[] {
  const vectors = isEmbedded(given) ? given.vectors : given;
  if (!Array.isArray(vectors)) throw invalid(`vectors must be an array of vectors, not ${typeName(vectors)}`);
  const length = dimensions ?? vectors[0]?.length;
  for (const [i, vector] of vectors.entries()) checkVector(vector, length, `vectors[${i}]`, i, wanted);
  if (length === 0) throw invalid("the vectors have no dimensions");
  return vectors;
}

/** Copies vectors end to end. [n_vectors, dimensions] */
export function flat(vectors: readonly IndexVector[], dimensions: number): Float32Array {
  try {
    const rows = new Float32Array(vectors.length * dimensions);
    for (const [i, vector] of vectors.entries()) rows.set(vector, i * dimensions);
    return rows;
  } catch (cause) {
    throw new KinvecError("OUT_OF_MEMORY", `no memory for a copy of ${vectors.length} vectors`, { cause });
  }
}

/** So many zeros. Throws OUT_OF_MEMORY. */
export function doubles(count: number): Float64Array {
  try {
    return new Float64Array(count);
  } catch (cause) {
    throw new KinvecError("OUT_OF_MEMORY", `no memory for ${count} numbers of 8 bytes`, { cause });
  }
}

/** Scales a vector to length 1, where it is; zeros stay. */
export function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / length;
  return vector;
}
