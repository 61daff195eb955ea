// Where things lie.

import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the site's sources. */
export const site = fileURLToPath(new URL("..", import.meta.url));

/** The folder of the project. */
export const root = path.resolve(site, "../..");

/** What is made for the site before it is built. */
export const generated = path.join(site, "generated");
