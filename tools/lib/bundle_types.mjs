// The declarations beside the JavaScript, by tsc and rolldown-plugin-dts: one file an entry, and one of what entries share.

import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { publicEntries } from "./bundle.mjs";
import { root, run } from "./project.mjs";

const emitted = path.join(root, "build/types");

/** Checks all types and writes the declarations into dist/. */
export async function bundleTypes() {
  emit();
  const input = Object.entries(publicEntries).map(([name, file]) => [
    name,
    path.join(emitted, path.relative("web", file).replace(/\.ts$/, ".d.ts")),
  ]);
  const bundled = await rolldown({
    input: Object.fromEntries(input),
    external: /^node:/,
    experimental: { attachDebugInfo: "none" },
    plugins: [dts({ dtsInput: true, emitDtsOnly: true, tsconfig: false })],
  });
  await bundled.write({
    dir: path.join(root, "dist"),
    entryFileNames: "[name].d.cts",
    chunkFileNames: "[name].d.cts",
    codeSplitting: { groups: [{ name: "types", minShareCount: 2, minSize: 0 }] },
  });
  await bundled.close();
  // For ES modules the same, not once more: a class with private fields is another type in every file that declares it.
  for (const name of Object.keys(publicEntries)) {
    writeFileSync(path.join(root, `dist/${name}.d.mts`), `export * from "./${path.basename(name)}.cjs";\n`);
  }
}

function emit() {
  rmSync(emitted, { recursive: true, force: true });
  run(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "--project", "tsconfig.json"]);
  for (const name of readdirSync(emitted, { recursive: true })) {
    const file = path.join(emitted, name);
    if (!statSync(file).isFile()) continue;
    // Declarations keep the .ts of the sources' import paths, which is not what lies here.
    writeFileSync(file, readFileSync(file, "utf8").replace(/(["'])(\.{1,2}\/[^"']*)\.ts\1/g, "$1$2.js$1"));
  }
}
