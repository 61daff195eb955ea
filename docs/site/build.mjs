// Builds the site: `node build.mjs [--base /folder/] [--out folder]`. `npm run docs` in the project's folder calls it.

import { parseArgs } from "node:util";
import { build } from "vitepress";
import { makeAll } from "./make/all.mjs";
import { site } from "./make/places.mjs";

const { values } = parseArgs({ options: { base: { type: "string" }, out: { type: "string" } } });

await makeAll();
await build(site, {
  ...(values.base !== undefined && { base: values.base }),
  ...(values.out !== undefined && { outDir: values.out }),
});
