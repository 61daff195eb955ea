// Names of files are part of the package's interface: build scripts copy binaries by name, pages import by path.  Whoever
// changes one changes package_files.json with it, and the package's version as semver says.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const manifest = require("kinvec/package.json");
const folder = path.dirname(require.resolve("kinvec/package.json"));
const expected = JSON.parse(readFileSync(new URL("package_files.json", import.meta.url), "utf8"));

/** What npm would publish of a folder. */
function packedFiles() {
  const options = { cwd: folder, encoding: "utf8", shell: process.platform === "win32" };
  const { stdout, stderr } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], options);
  assert.match(stdout, /^\[/, stderr);
  return JSON.parse(stdout)[0].files.map((file) => file.path);
}

describe("the names of the package", () => {
  it("are those of the list: files", () => {
    assert.deepEqual(packedFiles().sort(), expected.files);
  });

  it("are those of the list: exports", () => {
    assert.deepEqual(manifest.exports, expected.exports);
    // The order of conditions decides.
    assert.equal(JSON.stringify(manifest.exports), JSON.stringify(expected.exports));
  });

  for (const name of Object.keys(expected.exports)) {
    const specifier = `kinvec${name.slice(1)}`;
    it(`are found by both ways of resolving: ${specifier}`, () => {
      const required = require.resolve(specifier);
      const imported = fileURLToPath(import.meta.resolve(specifier));
      for (const file of [required, imported]) assert.ok(existsSync(file), file);
      // What is no script for programs is one file for all.
      if (/\.(wasm|json)$/.test(name)) {
        assert.equal(required, imported);
        assert.equal(path.basename(required), path.basename(name));
      }
    });
  }
});

describe("versions.json", () => {
  const { kinvec, sha256 } = require("kinvec/versions.json");

  it("tells the hash of every binary and script", () => {
    const files = expected.files.filter((name) => /^dist\/.*\.(wasm|mjs|cjs)$/.test(name) && !name.includes(".d."));
    assert.deepEqual(Object.keys(sha256).sort(), files.map((name) => name.slice("dist/".length)).sort());
    for (const [name, hash] of Object.entries(sha256)) {
      const bytes = readFileSync(path.join(folder, "dist", name));
      assert.equal(createHash("sha256").update(bytes).digest("hex"), hash, name);
    }
  });

  it("tells the package's version", () => {
    assert.equal(kinvec, manifest.version);
  });
});
