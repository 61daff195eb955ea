// The vectors that indexes are measured on, the same in a page and in Node.js.

export const dimensions = 384;

/** Numbers from 0 to 1 that look random and are the same each time. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function normalised(vector) {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Of normally distributed numbers: nothing is near anything, which is the hard case. */
export function normalVectors(count, seed) {
  const random = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => normalised(Float32Array.from({ length: dimensions }, normal)));
}

/** Around 512 centres, as far from them as these are from zero. */
export function clusteredVectors(count, seed) {
  const centres = normalVectors(512, 1);
  const random = randomNumbers(seed);
  return normalVectors(count, seed + 1).map((vector) => {
    const centre = centres[Math.floor(random() * centres.length)];
    return normalised(vector.map((value, i) => value + centre[i]));
  });
}
