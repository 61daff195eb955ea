// A small catalogue whose items lie around themes: "tea 0", "tea 1", …

import { knownVectors } from "./search_bits.mjs";

const named = ["tea", "jazz", "moss", "boats", "chess", "bread", "stars", "wool"];
const others = Array.from({ length: 12 }, (_, i) => `theme${i}`);
const themes = [...named, ...others];
const perTheme = 8;

/** Items with vectors of length 1 that look random and are the same each time, and how popular each is. */
export function themedCatalogue(dimensions = 64) {
  const directions = knownVectors(themes.length * (perTheme + 1) + 1, dimensions, 5).map(unit);
  const common = directions[0]; // what all texts share
  const items = themes.flatMap((theme, t) =>
    Array.from({ length: perTheme }, (_, i) => {
      const own = directions[1 + themes.length + t * perTheme + i];
      const vector = unit(own.map((value, d) => 0.6 * value + directions[1 + t][d] + common[d]));
      return { id: `${theme} ${i}`, vector };
    }),
  );
  const numbers = new Map(items.map(({ id }, i) => [id, i]));
  const vectorOf = (id) => items[numbers.get(id)].vector;
  const popularity = (id) => 100 / (1 + (numbers.get(id) % perTheme));
  return { dimensions, items, vectorOf, popularity };
}

function unit(vector) {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => value / length);
}
