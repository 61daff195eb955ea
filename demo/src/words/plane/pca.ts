// Principal components of words, from how alike each pair of them is: the two directions in which they are spread the widest.

export interface Plane {
  /** [n, 2] x and y of each word, in units of the vectors. */
  places: Float64Array;
  /** Share of the whole spread that the two directions hold, 0 to 1. */
  share: number;
}

const ROUNDS = 200;
const SETTLED = 1e-7;

/** Takes each row's and column's mean off, so that the origin is the middle of all vectors. @param cosines [n, n] */
function centred(cosines: Float32Array, n: number): Float64Array {
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) (means[i] as number) += (cosines[i * n + j] as number) / n;
  }
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  return Float64Array.from(
    cosines,
    (value, k) => value - (means[Math.floor(k / n)] as number) - (means[k % n] as number) + mean,
  );
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (matrix[i * n + j] as number) * (vector[j] as number);
    return sum;
  });
}

/** The part of a vector that is at right angles to another of length 1. */
function without(vector: Float64Array, other: Float64Array | undefined): Float64Array {
  if (!other) return vector;
  const share = dot(vector, other);
  return vector.map((value, i) => value - share * (other[i] as number));
}

function toLength(vector: Float64Array): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

/** The direction of largest spread but for `earlier`, and that spread, by the power method. */
function component(matrix: Float64Array, n: number, earlier?: Float64Array): { axis: Float64Array; spread: number } {
  // A start that favours no word and has no order of its own.
  let axis = toLength(
    without(
      Float64Array.from({ length: n }, (_, i) => Math.sin(1 + 7 * i)),
      earlier,
    ),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const next = toLength(without(times(matrix, axis), earlier));
    const moved = 1 - Math.abs(dot(next, axis));
    axis = next;
    if (moved < SETTLED) break;
  }
  return { axis, spread: Math.max(0, dot(axis, times(matrix, axis))) };
}

/** @param cosines [n, n] */
export function principalPlane(cosines: Float32Array, n: number): Plane {
  const matrix = centred(cosines, n);
  let whole = 0;
  for (let i = 0; i < n; i++) whole += matrix[i * n + i] as number;
  const first = component(matrix, n);
  const second = component(matrix, n, first.axis);
  const places = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    places[2 * i] = (first.axis[i] as number) * Math.sqrt(first.spread);
    places[2 * i + 1] = (second.axis[i] as number) * Math.sqrt(second.spread);
  }
  return { places, share: whole > 0 ? (first.spread + second.spread) / whole : 0 };
}
