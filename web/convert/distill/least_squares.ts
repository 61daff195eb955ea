// Fits token vectors to sentences: their means are to come as near as can be to the teacher's vectors of the same texts.
//
// With few sentences most tokens are seen rarely or never, so first one linear map is found for all tokens alike, and
// then each token's own departure from it (ridge regression, solved by conjugate gradients).
import { secondMoments } from "../../vectors/principal_axes.ts";
import { type OnShare, part } from "../share.ts";
import type { TokenLists } from "./token_lists.ts";

/** Part of the mean second moment that is added to each: the map is not to rest on directions hardly seen. */
const kMapDamping = 1e-3;

/** Cost of a token's departure. One text of ten tokens weighs as much for each of them. */
const kDepartureCost = 0.01;
const kIterations = 30;

/**
 * The linear map L that makes |M x L - y|^2 least. [width, dimensions]
 * @param means M x, [texts, width]
 * @param targets y, [texts, dimensions]
 */
export async function fitMap(
  means: Float32Array,
  width: number,
  targets: Float32Array,
  dimensions: number,
  onShare: OnShare,
): Promise<Float64Array> {
  const texts = means.length / width;
  const gram = await secondMoments(means, width, new Float64Array(width), part(onShare, 0, 0.6));
  let trace = 0;
  for (let i = 0; i < width; i++) trace += at(gram, i * width + i);
  for (let i = 0; i < width; i++) gram[i * width + i] = at(gram, i * width + i) + (kMapDamping * trace) / width + 1e-9;
  const map = new Float64Array(width * dimensions);
  for (let text = 0; text < texts; text++) {
    if (text % 256 === 0) await onShare(0.6 + (0.4 * text) / texts);
    for (let i = 0; i < width; i++) {
      const value = means[text * width + i] as number;
      for (let d = 0; d < dimensions; d++) {
        map[i * dimensions + d] = at(map, i * dimensions + d) + value * (targets[text * dimensions + d] as number);
      }
    }
  }
  solve(gram, width, map, dimensions);
  return map;
}

/** vectors L. [n, width] to [n, dimensions] */
export function applyMap(vectors: Float32Array, map: Float64Array, width: number, dimensions: number): Float32Array {
  const n = vectors.length / width;
  const mapped = new Float32Array(n * dimensions);
  const row = new Float64Array(dimensions);
  for (let r = 0; r < n; r++) {
    row.fill(0);
    for (let i = 0; i < width; i++) {
      const value = vectors[r * width + i] as number;
      for (let d = 0; d < dimensions; d++) row[d] = at(row, d) + value * at(map, i * dimensions + d);
    }
    mapped.set(row, r * dimensions);
  }
  return mapped;
}

/** Moves token vectors, in place, to where |M x - y|^2 + cost |departure|^2 is least. [vocabulary, dimensions] */
export async function fitDepartures(
  lists: TokenLists,
  vectors: Float32Array,
  targets: Float32Array,
  dimensions: number,
  onShare: OnShare,
): Promise<void> {
  const now = lists.means(vectors, dimensions);
  const residual = lists.spread(
    targets.map((value, i) => value - (now[i] as number)),
    dimensions,
  );
  const direction = residual.slice();
  let size = dot(residual, residual);
  for (let iteration = 0; iteration < kIterations && size > 0; iteration++) {
    await onShare(iteration / kIterations);
    const image = lists.spread(lists.means(direction, dimensions), dimensions);
    addScaled(image, direction, kDepartureCost);
    const step = size / dot(direction, image);
    addScaled(vectors, direction, step);
    addScaled(residual, image, -step);
    const next = dot(residual, residual);
    const kept = next / size;
    for (let i = 0; i < direction.length; i++) direction[i] = (residual[i] as number) + kept * (direction[i] as number);
    size = next;
  }
}

/** Solves A X = B in the place of B by Cholesky's factors, which take the place of A. [n, n], [n, columns] */
function solve(a: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = at(a, i * n + j);
      for (let k = 0; k < j; k++) rest -= at(a, i * n + k) * at(a, j * n + k);
      a[i * n + j] = j < i ? rest / at(a, j * n + j) : Math.sqrt(rest);
    }
  }
  const eliminate = (i: number, k: number, factor: number) => {
    for (let c = 0; c < columns; c++) b[i * columns + c] = at(b, i * columns + c) - factor * at(b, k * columns + c);
  };
  const divide = (i: number) => {
    for (let c = 0; c < columns; c++) b[i * columns + c] = at(b, i * columns + c) / at(a, i * n + i);
  };
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) eliminate(i, k, at(a, i * n + k));
    divide(i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) eliminate(i, k, at(a, k * n + i));
    divide(i);
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(to: Float32Array, from: Float32Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + factor * (from[i] as number);
}

function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
