// The runner of the section `storage` of `npm test`.

import { existsSync, symlinkSync } from "node:fs";
import path from "node:path";
import { nodeProgram, nodeTest } from "./node_test.mjs";
import { root } from "./project.mjs";

const folder = "tests/storage";

/** The forms of kinvec/storage in real databases; SQLite comes with Node.js 24. */
export function storageSection({ project, packageFolder }) {
  const packages = path.join(folder, "node_modules");
  if (!existsSync(path.join(project, packages))) symlinkSync(path.join(root, packages), path.join(project, packages));
  const files = ["sqlite_vec", "pgvector"].map((name) => `${folder}/${name}.test.mjs`);
  return nodeTest(nodeProgram(24), files, { cwd: project, env: { KINVEC_PACKAGE_DIR: packageFolder } });
}
