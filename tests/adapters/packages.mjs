// Projects that have the package and those that its adapters are for.

import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const packages = fileURLToPath(new URL("node_modules", import.meta.url));

/** Links the packages, and kinvec as the tests find it, into a project's node_modules. */
export function linkPackages(folder) {
  const modules = path.join(folder, "node_modules");
  mkdirSync(path.join(modules, "@types"), { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name.startsWith(".") || name === "@types") continue;
    symlinkSync(path.join(packages, name), path.join(modules, name));
  }
  for (const name of ["kinvec", "@types/node"]) {
    const link = path.join(modules, name);
    if (!existsSync(link)) symlinkSync(path.dirname(require.resolve(`${name}/package.json`)), link);
  }
}
