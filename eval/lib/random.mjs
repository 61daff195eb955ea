// Random numbers of a seed: the same people on every machine.

/** A stream of numbers in [0, 1). The seed may be any text. */
export function randomOf(seed) {
  let state = hashOf(String(seed));
  // mulberry32: 32 bits of state are plenty for some thousand draws a person.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

/** A whole number of [0, below). */
export const integer = (random, below) => Math.floor(random() * below);

/** One of the list. */
export const oneOf = (random, list) => list[integer(random, list.length)];

/** The place of one of the weights, with a chance in proportion to it. */
export function placeByWeight(random, weights) {
  let rest = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i];
    if (rest < 0) return i;
  }
  return weights.length - 1; // rounding has left a little
}
