// Tells the service worker which files to keep. The list stands in its script, so that a changed build is a changed worker.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const PLACEHOLDER = "__PRECACHE__"; // the name that service_worker.ts declares
const WORKER_FILE = "service_worker.js";

// Models, word vectors and the text they learn from are megabytes each, and kept by the workers that fetch them while they stream in; a
// second copy would be a second download, and not every page needs them.
const isKeptElsewhere = (file: string) => /\.(gguf|txt)$/.test(file) || file === WORKER_FILE;

export function precacheList(): Plugin {
  let publicFolder = "";
  return {
    name: "precache-list",
    apply: "build",
    configResolved(config) {
      publicFolder = config.publicDir;
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle[WORKER_FILE];
        if (worker?.type !== "chunk") throw new Error(`${WORKER_FILE} is not among the outputs`);
        const publicFiles = readdirSync(publicFolder);
        const hash = createHash("sha256");
        for (const name of publicFiles) hash.update(readFileSync(join(publicFolder, name)));
        const files = [...Object.keys(bundle), ...publicFiles].filter((file) => !isKeptElsewhere(file)).sort();
        // Built names carry a hash of their content; the pages themselves do not.
        hash.update(files.join("\n"));
        for (const name of files.filter((file) => file.endsWith(".html"))) {
          const page = bundle[name];
          if (page?.type === "asset") hash.update(page.source);
        }
        const value = { version: hash.digest("hex").slice(0, 16), files };
        worker.code = worker.code.replaceAll(PLACEHOLDER, () => JSON.stringify(value));
      },
    },
  };
}
