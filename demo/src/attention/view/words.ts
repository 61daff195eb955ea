// How heads, tokens and shares are said.
import type { Pattern } from "../numbers/reading.ts";

/** "37 %"; below one per cent "0.4 %". */
export const percent = (share: number) => {
  const value = 100 * share;
  return `${value > 0 && value < 1 ? value.toFixed(1) : Math.round(value)}\u00a0%`;
};

/** Counts from 1, as people do. */
export const headName = (layer: number, head: number) => `Layer ${layer + 1}, head ${head + 1}`;

const HABITS = {
  special: "special tokens",
  self: "the token itself",
  before: "the token before",
  after: "the token after",
} as const;

export const habitName = ({ habit, share }: Pattern) =>
  habit === "spread" ? "looks at other words" : `mostly looks at ${HABITS[habit]} (${percent(share)})`;
