// The section of `npm test` that bundles the packed package.

import { environmentFindings } from "../environments_table.mjs";
import { browserTest } from "./node_test.mjs";
import { filesBelow, root } from "./project.mjs";

/** Builds small projects by every popular bundler and runs them in Chromium. */
export async function bundlersSection({ packageFolder }) {
  const files = filesBelow("tests/bundlers").filter((name) => name.endsWith(".test.mjs"));
  const counts = await browserTest(files, { cwd: root, env: { KINVEC_PACKAGE_DIR: packageFolder } });
  const findings = environmentFindings("bundlers");
  for (const line of findings) process.stdout.write(`${line}\n`);
  return { ...counts, failed: counts.failed + findings.length };
}
