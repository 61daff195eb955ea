// Builds the documentation site with its own tools, in its own folder.

import path from "node:path";
import { withBuildLock } from "./lock.mjs";
import { hashOf, root, run, whenChanged } from "./project.mjs";

export const docsFolder = "build/docs";

/**
 * @param {{ base?: string, folder?: string }} options `base`: the folder of the host that the site is to lie in;
 *   `folder`: where it is built, relative to the root
 */
export async function buildDocs({ base = "/", folder = docsFolder } = {}) {
  const sources = ["docs", "models", "README.md", "bench/lib", "bench/results.json", "eval", "tests/bundlers"];
  const made = hashOf(...sources, "build/stamps/dist");
  await withBuildLock(() =>
    whenChanged(path.basename(folder), `${made} ${base}`, [`${folder}/index.html`], () => {
      run("npm", ["run", "--silent", "build", "--", "--base", base, "--outDir", path.join(root, folder)], {
        cwd: path.join(root, "docs/site"),
        stdio: "pipe",
        encoding: "utf8",
      });
    }),
  );
}
