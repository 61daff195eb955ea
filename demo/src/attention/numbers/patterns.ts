// What a head does most of the time: where the weight of a text's own tokens goes, on average.
import type { Habit, Pattern } from "./reading.ts";

/** Below this share no single place deserves the name. */
const MOST = 0.4;

/**
 * @param head weights, `[from][to]`
 * @param special which tokens stand for no text
 */
export function patternOfHead(head: readonly Float32Array[], special: readonly boolean[]): Pattern {
  const shares: Record<Exclude<Habit, "spread">, number> = { special: 0, self: 0, before: 0, after: 0 };
  let rows = 0;
  for (const [from, weights] of head.entries()) {
    if (special[from]) continue;
    rows += 1;
    for (const [to, weight] of weights.entries()) {
      if (special[to]) shares.special += weight;
      else if (to === from) shares.self += weight;
      else if (to === from - 1) shares.before += weight;
      else if (to === from + 1) shares.after += weight;
    }
  }
  if (rows === 0) return { habit: "special", share: 1 }; // an empty text
  const means = Object.entries(shares).map(([habit, sum]) => ({ habit: habit as Habit, share: sum / rows }));
  const most = means.reduce((a, b) => (b.share > a.share ? b : a));
  if (most.share >= MOST) return most;
  return { habit: "spread", share: 1 - means.reduce((sum, { share }) => sum + share, 0) };
}
