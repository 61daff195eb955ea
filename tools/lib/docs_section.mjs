// The section `docs` of `npm test`: the documentation's examples, and the built site in a browser.

import path from "node:path";
import { buildDocs } from "./docs.mjs";
import { browserTest } from "./node_test.mjs";
import { filesBelow, root } from "./project.mjs";

// A site that works in a folder of a host works at its root as well.
const base = "/a/folder/";
const folder = "build/docs-in-folder";

export async function docsSection({ packageFolder }) {
  await buildDocs({ base, folder });
  return browserTest(
    filesBelow("tests/docs").filter((name) => name.endsWith(".test.mjs")),
    {
      cwd: root,
      env: { KINVEC_PACKAGE_DIR: packageFolder, KINVEC_DOCS_DIR: path.join(root, folder), KINVEC_DOCS_BASE: base },
    },
  );
}
