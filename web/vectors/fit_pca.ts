// The public fitPca().
import { throwIfAborted } from "../abort.ts";
import { checkBoolean, checkInteger, checkOptions, invalid, typeName } from "../arguments.ts";
import { type OnShare, part } from "../convert/share.ts";
import { yieldToEventLoop } from "../platform/page.ts";
import { isEmbedded } from "../search/index_vectors.ts";
import { Pca } from "./pca.ts";
import { meanRow, principalAxes, secondMoments } from "./principal_axes.ts";
import { checkRows, flat, type Vectors } from "./rows.ts";

/** Options of `fitPca`. */
export interface PcaOptions {
  /** Length of the shortened vectors: at most that of the given ones, and at most their number. */
  dimensions: number;
  /**
   * Whether every coordinate is divided by its standard deviation, so that all count alike; default false. It helps where a
   * few directions drown out the others, and harms where the last directions hold little but noise.
   */
  whiten?: boolean | undefined;
  /** Whether shortened vectors are scaled to length 1, so that products are cosines; default true. scikit-learn does not. */
  normalize?: boolean | undefined;
  /** Cancels the call: it rejects with ABORTED. */
  signal?: AbortSignal | undefined;
  /** Called as the work proceeds, for the last time with `fraction` 1. */
  onProgress?: ((progress: { fraction: number }) => void) | undefined;
}

/** Of the time, as measured with 10,000 vectors of 384. */
const kMomentsShare = 0.6;

/**
 * Fits a principal component analysis (Pearson, 1901) to vectors, by which vectors of their kind become shorter: it finds
 * the directions along which these vary most, as scikit-learn's `PCA` does, and keeps so many. Fit it to a few thousand
 * vectors of texts such as will be searched, and shorten those and the queries by it.
 *
 * Sums are in 64 bits and in a fixed order: the same vectors give the same bits on every machine. Memory is that of a copy
 * of the vectors and 24 bytes for each pair of their dimensions. The event loop runs in between.
 *
 * @param vectors at least two [n][inputDimensions], or what `embed` answered
 * @throws KinvecError (as a rejection) INVALID_ARGUMENT (`at` is the vector), DIMENSION_MISMATCH, ABORTED, OUT_OF_MEMORY.
 *
 * @example
 * ```js
 * import { fitPca } from "kinvec/vectors";
 * const embedded = await model.embed(texts);
 * const pca = await fitPca(embedded, { dimensions: 64 });
 * const index = await createIndex({ dimensions: 64, fingerprint: pca.fingerprint });
 * index.add(texts, pca.transform(embedded));
 * index.search(pca.transform(await model.embed("a cat")));
 * ```
 */
export async function fitPca(vectors: Vectors, options: PcaOptions): Promise<Pca> {
  const { dimensions, whiten = false, normalize = true, signal, onProgress } = checkOptions(options);
  checkBoolean(whiten, "options.whiten");
  checkBoolean(normalize, "options.normalize");
  if (dimensions === undefined) throw invalid("options.dimensions is missing");
  const checked = checkRows(vectors);
  if (checked.length < 2) throw invalid(`a fit needs at least two vectors, not ${checked.length}`);
  const width = checked[0]?.length as number;
  checkInteger(dimensions, "options.dimensions", 1, Math.min(width, checked.length));
  const fingerprint = (isEmbedded(vectors) && vectors.fingerprint) || "";
  if (typeof fingerprint !== "string")
    throw invalid(`vectors.fingerprint must be a string, not ${typeName(fingerprint)}`);
  throwIfAborted(signal);

  const onShare: OnShare = async (fraction) => {
    onProgress?.({ fraction });
    await yieldToEventLoop();
    throwIfAborted(signal);
  };
  // Copied, so that the caller may change the vectors while the call goes on.
  const rows = flat(checked, width);
  const mean = meanRow(rows, width);
  const moments = await secondMoments(rows, width, mean, part(onShare, 0, kMomentsShare));
  let total = 0;
  for (let i = 0; i < width; i++) total += moments[i * width + i] as number;
  const { axes, values } = await principalAxes(moments, width, dimensions, part(onShare, kMomentsShare, 1));
  onProgress?.({ fraction: 1 });
  const freedom = checked.length - 1;
  return new Pca({
    whiten,
    normalize,
    fingerprint,
    totalVariance: total / freedom,
    explainedVariance: values.map((value) => Math.max(0, value / freedom)),
    // As a file has them, so that what is loaded gives the same bits.
    mean: mean.map(Math.fround),
    components: axes.map(Math.fround),
  });
}
