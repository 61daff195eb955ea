// How sure a mean over people is: percentile bootstrap, in which whole people are drawn.

import { integer, randomOf } from "./random.mjs";

const kSamples = 1000;
const samplesOf = new Map(); // by number of people; the same draws for every method, so that differences are paired

function samples(people) {
  if (!samplesOf.has(people)) {
    const random = randomOf(`bootstrap ${people}`);
    const draw = () => Uint32Array.from({ length: people }, () => integer(random, people));
    samplesOf.set(people, Array.from({ length: kSamples }, draw));
  }
  return samplesOf.get(people);
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @returns {{ mean: number, low: number, high: number }} with the interval that holds 95 % of the resampled means */
export function estimate(values) {
  return { mean: mean(values), ...interval(resampledMeans(values)) };
}

/** The same of the quotient of two means over the same people. */
export function estimateRatio(values, others) {
  const below = resampledMeans(others);
  return {
    mean: mean(values) / mean(others),
    ...interval(resampledMeans(values).map((above, i) => above / below[i])),
  };
}

/** The same of the differences, one by one. */
export function estimateDifference(values, others) {
  return estimate(values.map((value, i) => value - others[i]));
}

function resampledMeans(values) {
  return samples(values.length).map((sample) => {
    let sum = 0;
    for (const i of sample) sum += values[i];
    return sum / sample.length;
  });
}

function interval(means) {
  const sorted = means.toSorted((a, b) => a - b);
  return { low: sorted[Math.floor(0.025 * kSamples)], high: sorted[Math.ceil(0.975 * kSamples) - 1] };
}
