// Shorter vectors of one model: what they cost in agreement with people and in search.

import { binarySimilarity, fitPca, int8Ranges, int8Similarity, quantizeBinary, quantizeInt8 } from "kinvec/vectors";
import { rankCorrelation } from "../../tools/lib/rank_correlation.mjs";
import { ndcg } from "./measures.mjs";
import { dot } from "./similarities.mjs";

const kPlaces = 10;
const kSizes = [256, 128, 64, 32];

/**
 * A way to shorten vectors: fit(corpus) learns from vectors, and answers what makes the short form of vectors; similarities
 * are those of one such and many.
 * @typedef {{ title: string, bytes: number, fit: (corpus: Float32Array[]) => Promise<(vectors: Float32Array[]) => any[]>,
 *   similarities: (one: any, many: any[]) => ArrayLike<number> }} Form
 */

const products = (one, many) => many.map((other) => dot(one, other));
const float = (title, dimensions, fit) => ({ title, bytes: 4 * dimensions, fit, similarities: products });
const int8 = (title, dimensions, fit) => ({ title, bytes: dimensions, fit, similarities: int8Similarity });
const bits = (title, dimensions, fit) => ({ title, bytes: dimensions / 8, fit, similarities: binarySimilarity });

const byPca = (options) => async (corpus) => {
  const pca = await fitPca(corpus, options);
  return (vectors) => pca.transform(vectors);
};

/** One after the other. */
const then = (fit, next) => async (corpus) => {
  const first = await fit(corpus);
  return (vectors) => next(first(vectors));
};

function cut(vectors, dimensions) {
  return vectors.map((vector) => {
    const short = vector.slice(0, dimensions);
    const length = Math.sqrt(dot(short, short));
    return short.map((value) => value / length);
  });
}

/** @returns {Form[]} */
export function shortForms(width) {
  return [
    float(`as embedded, ${width}`, width, async () => (vectors) => vectors),
    ...kSizes.map((dimensions) => float(`PCA ${dimensions}`, dimensions, byPca({ dimensions }))),
    ...kSizes.map((dimensions) =>
      float(`PCA ${dimensions}, whitened`, dimensions, byPca({ dimensions, whiten: true })),
    ),
    ...[128, 64].map((dimensions) =>
      float(`the first ${dimensions} numbers`, dimensions, async () => (vectors) => cut(vectors, dimensions)),
    ),
    int8("int8, each by its largest", width, async () => quantizeInt8),
    int8("int8, by ranges", width, async (corpus) => {
      const ranges = int8Ranges(corpus);
      return (vectors) => quantizeInt8(vectors, { ranges });
    }),
    ...[128, 64].map((dimensions) =>
      int8(`PCA ${dimensions}, int8`, dimensions, then(byPca({ dimensions }), quantizeInt8)),
    ),
    bits("bits", width, async () => quantizeBinary),
    ...[256, 128].map((dimensions) =>
      bits(`PCA ${dimensions}, bits`, dimensions, then(byPca({ dimensions }), quantizeBinary)),
    ),
  ];
}

/**
 * Spearman's correlation with people of the similarities of pairs.
 * @param {{ corpus: Float32Array[], left: Float32Array[], right: Float32Array[], scores: number[] }} pairs
 */
export async function agreementWithPeople({ fit, similarities }, { corpus, left, right, scores }) {
  const shorten = await fit(corpus);
  const [a, b] = [shorten(left), shorten(right)];
  return rankCorrelation(
    a.map((one, i) => similarities(one, [b[i]])[0]),
    scores,
  );
}

/**
 * Mean NDCG@10 of searches; the form is learned from the documents, which is all that there is before a query comes.
 * @param {{ ids: string[], documents: Float32Array[], queries: { id: string, vector: Float32Array }[],
 *   relevant: Map<string, Map<string, number>> }} collection
 */
export async function searchQuality({ fit, similarities }, { ids, documents, queries, relevant }) {
  const shorten = await fit(documents);
  const short = shorten(documents);
  let sum = 0;
  for (const { id, vector } of queries) {
    const scores = similarities(shorten([vector])[0], short);
    const order = [...ids.keys()].sort((a, b) => scores[b] - scores[a]);
    const gains = relevant.get(id) ?? new Map();
    sum += ndcg(
      order.slice(0, kPlaces).map((place) => gains.get(ids[place]) ?? 0),
      [...gains.values()],
      kPlaces,
    );
  }
  return sum / queries.length;
}
