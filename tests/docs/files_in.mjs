// What a folder holds.

import { readdirSync } from "node:fs";
import path from "node:path";

/** All files below a folder, as paths relative to it, in order. */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
