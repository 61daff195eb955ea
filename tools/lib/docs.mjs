// Builds the documentation site with its own tools, in its own folder.

import path from "node:path";
import { withBuildLock } from "./lock.mjs";
import { hashOf, root, run, whenChanged } from "./project.mjs";

export const docsFolder = path.join(root, "build/docs");

/**
 * @param {{ base?: string }} options `base`: the folder of the host that the site is to lie in; default "/"
 */
export async function buildDocs({ base = "/" } = {}) {
  const made = hashOf("docs", "build/stamps/dist", "models", "README.md", "bench/lib", "bench/results.json");
  await withBuildLock(() =>
    whenChanged("docs", `${made} ${base}`, ["build/docs/index.html"], () => {
      run(process.execPath, [path.join(root, "docs/site/build.mjs"), "--base", base], {
        stdio: "pipe",
        encoding: "utf8",
      });
    }),
  );
}
