// Online Bayesian logistic regression on item vectors, and Thompson's samples of it.
//
// The prior of the weights is normal with mean 0 and covariance s² I. Each event is one step of assumed-density
// filtering, which changes the covariance by one rank. So mean and covariance lie in the span of the events,
//
//   mean = Σ_e a_e x_e        covariance = s² I − Σ_ef x_e B_ef x_f'
//
// and the filter needs only the events' products with each other (the sparse on-line Gaussian process of Csató and
// Opper, 2002, for a linear kernel). The mean is a sum over events: each one's share in a score is exact.
import type { Memory } from "./interests.ts";
import { normalNumbers } from "./random.ts";
import { REGRESSION } from "./settings.ts";
import { addScaled, dot, type Vector } from "./vectors.ts";

/** What the regression makes of some memories. */
export interface Regression {
  /** The mean of the weights is the sum of these multiples of the memories' directions. */
  coefficients: Float64Array;
  /** A sample of the weights, less their mean; only if a seed was given. [dimensions] */
  deviation: Vector | undefined;
}

/**
 * Fits memories, given by time; a memory of weight w counts as w observations, of "liked" or of "not liked". With a
 * seed, it also draws from the posterior: the sampling of Chapelle and Li, 2011, but with the covariance of low rank
 * instead of a diagonal one, which hardly narrows in as many dimensions as embeddings have.
 */
export function fitRegression(memories: readonly Memory[], dimensions: number, seed?: number): Regression {
  const variance = REGRESSION.priorDeviation ** 2;
  const n = memories.length;
  const a = new Float64Array(n);
  const b = new Float64Array(n * n);
  const next = seed === undefined ? undefined : normalNumbers(seed);
  // The deviation is that of the prior plus multiples of the directions, as the mean.
  const prior = next && Float64Array.from({ length: dimensions }, () => REGRESSION.priorDeviation * next());
  const deviations = new Float64Array(n);
  const products = new Float64Array(n); // of this direction with the earlier ones
  const gain = new Float64Array(n); // covariance times direction, as multiples of the directions
  for (const [t, { direction, weight }] of memories.entries()) {
    for (let e = 0; e <= t; e++) products[e] = dot((memories[e] as Memory).direction, direction);
    let logOdds = REGRESSION.bias;
    let spread = variance * (products[t] as number);
    for (let e = 0; e < t; e++) {
      let sum = 0;
      for (let f = 0; f < t; f++) sum += (b[e * n + f] as number) * (products[f] as number);
      gain[e] = -sum;
      spread -= sum * (products[e] as number);
      logOdds += (a[e] as number) * (products[e] as number);
    }
    gain[t] = variance;
    const likelihood = 1 / (1 + Math.exp(-logOdds));
    const information = Math.abs(weight) * likelihood * (1 - likelihood);
    const shrink = 1 / (1 + information * spread);
    const step = shrink * (Math.max(weight, 0) - Math.abs(weight) * likelihood);
    // Matheron's rule: a sample of the prior becomes one of the posterior by the step of an observation with noise.
    let correction = 0;
    if (next && prior) {
      let seen = dot(prior, direction);
      for (let e = 0; e < t; e++) seen += (deviations[e] as number) * (products[e] as number);
      correction = -shrink * (information * seen + Math.sqrt(information) * next());
    }
    for (let e = 0; e <= t; e++) {
      const own = gain[e] as number;
      a[e] = (a[e] as number) + own * step;
      deviations[e] = (deviations[e] as number) + own * correction;
      for (let f = 0; f <= t; f++) {
        b[e * n + f] = (b[e * n + f] as number) + own * (gain[f] as number) * information * shrink;
      }
    }
  }
  for (const [e, { direction }] of memories.entries()) {
    if (prior) addScaled(prior, deviations[e] as number, direction);
  }
  return { coefficients: a, deviation: prior };
}
