// Builds the demo page with its own tools, in its own folder.

import path from "node:path";
import { withBuildLock } from "./lock.mjs";
import { hashOf, root, run, whenChanged } from "./project.mjs";

export const demoFolder = path.join(root, "demo/dist");

export async function buildDemo() {
  const hash = hashOf("demo", "build/stamps/dist", "models");
  await withBuildLock(() =>
    whenChanged("demo", hash, ["demo/dist/index.html"], () => {
      run("npm", ["run", "--silent", "build", "--", "--logLevel", "warn"], { cwd: path.join(root, "demo") });
    }),
  );
}
