// Numbers that look random and are the same for the same seed.

/** Numbers from 0 up to 1 (mulberry32, of 32 bits). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of a list, each subset as likely as another. The list is reordered. */
export function drawSample<T>(list: T[], count: number, seed: number): T[] {
  const random = randomNumbers(seed);
  for (let i = 0; i < count; i++) {
    const chosen = i + Math.floor(random() * (list.length - i));
    [list[i], list[chosen]] = [list[chosen] as T, list[i] as T];
  }
  return list.slice(0, count);
}
