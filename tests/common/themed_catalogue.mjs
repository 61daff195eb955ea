// A small catalogue whose items lie around themes: "tea 0", "tea 1", …

import { knownVectors } from "./search_bits.mjs";

const themes = ["tea", "jazz", "moss", "boats", "chess", "bread", "stars", "wool"];
const perTheme = 20;

/** Items with vectors of length 1 that look random and are the same each time, and how popular each is. */
export function themedCatalogue(dimensions = 32) {
  const directions = knownVectors(themes.length * (perTheme + 1) + 1, dimensions, 5).map(unit);
  const common = directions[0]; // what all texts share
  const items = themes.flatMap((theme, t) =>
    Array.from({ length: perTheme }, (_, i) => {
      const own = directions[1 + themes.length + t * perTheme + i];
      const vector = unit(own.map((value, d) => 0.6 * value + directions[1 + t][d] + common[d]));
      return { id: `${theme} ${i}`, vector };
    }),
  );
  const popularity = (id) => 100 / (1 + (items.findIndex((item) => item.id === id) % perTheme));
  return { dimensions, items, popularity };
}

function unit(vector) {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => value / length);
}
