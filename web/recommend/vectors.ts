// Arithmetic on vectors in 64 bits, in a fixed order.

/** [dimensions] */
export type Vector = Float64Array;

export function dot(a: Vector, b: Vector): number {
  // Four sums side by side: one alone would wait for each of its additions.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] as number) * (b[i] as number);
    s1 += (a[i + 1] as number) * (b[i + 1] as number);
    s2 += (a[i + 2] as number) * (b[i + 2] as number);
    s3 += (a[i + 3] as number) * (b[i + 3] as number);
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] as number) * (b[i] as number);
  return s0 + s1 + (s2 + s3);
}

/** into += factor * vector */
export function addScaled(into: Vector, factor: number, vector: ArrayLike<number>): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + factor * (vector[i] as number);
}

export function scaled(vector: Vector, factor: number): Vector {
  const result = new Float64Array(vector);
  for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) * factor;
  return result;
}

export function lengthOf(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}

/** The direction of a vector; zero stays zero. */
export function unit(vector: Vector): Vector {
  const length = lengthOf(vector);
  return length > 0 ? scaled(vector, 1 / length) : vector;
}
