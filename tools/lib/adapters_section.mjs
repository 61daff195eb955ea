// The adapters with the packages they are for, which need a new Node.js.

import { readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { nodeProgram, nodeTest } from "./node_test.mjs";
import { root } from "./project.mjs";

export function adaptersSection({ project, packageFolder }) {
  const folder = "tests/adapters";
  symlinkSync(path.join(root, folder, "node_modules"), path.join(project, folder, "node_modules"));
  const files = readdirSync(path.join(project, folder)).filter((name) => name.endsWith(".test.mjs"));
  return nodeTest(
    nodeProgram(24),
    files.map((name) => path.join(folder, name)),
    { cwd: project, env: { KINVEC_PACKAGE_DIR: packageFolder } },
  );
}
