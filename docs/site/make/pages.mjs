// The hand-written pages.

import path from "node:path";
import { filesBelow } from "../../../tools/lib/project.mjs";

/** As paths relative to the site's folder. */
export function pages() {
  const files = filesBelow("docs/site").filter((name) => name.endsWith(".md"));
  return files.map((name) => path.relative("docs/site", name));
}
