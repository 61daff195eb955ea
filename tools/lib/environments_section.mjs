// The package in every environment, and the table of these.

import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { environmentFindings } from "../environments_table.mjs";
import { browserTest } from "./node_test.mjs";
import { root } from "./project.mjs";

const folder = "tests/environments";
// Of the results, by the name of the test file.
const names = ["browsers", "extension", "programs"];

export async function environmentsSection({ packageFolder }) {
  const files = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".test.mjs"));
  for (const name of names) rmSync(path.join(root, `build/environments/${name}.json`), { force: true });
  const counts = await browserTest(
    files.map((name) => path.join(folder, name)),
    { cwd: root, env: { KINVEC_PACKAGE_DIR: packageFolder } },
  );
  const findings = names.flatMap(environmentFindings);
  for (const line of findings) process.stdout.write(`${line}\n`);
  return { ...counts, failed: counts.failed + findings.length };
}
