// Writes what was measured into the tree.

import { writeFileSync } from "node:fs";
import path from "node:path";
import { root, run } from "../../tools/lib/project.mjs";

/** The results as they will be read again; six digits are more than people, or pairs of words, can tell. */
export function rounded(results) {
  const short = (_, value) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  return JSON.parse(JSON.stringify(results, short));
}

/** Laid out as every other file of the tree is. */
export function keep(file, text) {
  writeFileSync(file, text);
  if (file.endsWith(".json")) {
    run(process.execPath, [path.join(root, "node_modules/@biomejs/biome/bin/biome"), "format", "--write", file], {
      stdio: "ignore",
    });
  }
}
