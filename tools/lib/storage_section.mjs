// The runner of the section `storage` of `npm test`.

import { nodeProgram, nodeTest } from "./test_sections.mjs";

/** The forms of kinvec/storage in real databases; SQLite comes with Node.js 24. */
export function storageSection({ project, packageFolder }) {
  const files = ["sqlite_vec", "pgvector"].map((name) => `tests/storage/${name}.test.mjs`);
  return nodeTest(nodeProgram(24), files, { cwd: project, env: { KINVEC_PACKAGE_DIR: packageFolder } });
}
