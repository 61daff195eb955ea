// The section of `npm test` that bundles the packed package.

import { filesBelow, root } from "./project.mjs";
import { nodeTest } from "./test_sections.mjs";

/** Builds small projects by every popular bundler and runs them in Chromium. */
export function bundlersSection({ packageFolder }) {
  const files = filesBelow("tests/bundlers").filter((name) => name.endsWith(".test.mjs"));
  return nodeTest(process.execPath, files, { cwd: root, env: { KINVEC_PACKAGE_DIR: packageFolder } });
}
