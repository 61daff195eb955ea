// Where the programs of Deno, Bun and Jest lie: npm packages, of which Deno's and Bun's bring one binary per system. No
// install script runs (see .npmrc), so the binaries are still where npm put them.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules", import.meta.url));

export const jest = path.join(modules, "jest/bin/jest.js");

/** The first of the binaries that npm chose for this system: `file` in the package of any of `scope`. */
function binary(scope, file) {
  const packages = existsSync(path.join(modules, scope)) ? readdirSync(path.join(modules, scope)) : [];
  const found = packages.map((name) => path.join(modules, scope, name, file)).find(existsSync);
  if (!found) throw new Error(`no ${path.basename(file)} found below ${scope}; tools/setup.sh test installs it`);
  return found;
}

export const deno = () => binary("@deno", "deno");
export const bun = () => binary("@oven", "bin/bun");
