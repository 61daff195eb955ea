// What tools that check npm packages say of the packed package, and what npm installs with it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

const root = fileURLToPath(new URL("../..", import.meta.url));

function npm(cwd, ...args) {
  // Silence of a run around this one would leave the answer out.
  const { status, stdout, stderr } = spawnSync("npm", ["--loglevel=error", ...args], { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

describe("the packed package", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kinvec-published-"));
  let file;
  let tarball;
  before(() => {
    const [{ filename }] = npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder);
    file = path.join(folder, filename);
    tarball = new Uint8Array(readFileSync(file));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("is faultless to publint", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: tarball.slice().buffer }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it("has types that are those of its scripts, to are-the-types-wrong", async () => {
    const { entrypoints, problems } = await checkPackage(createPackageFromTarballData(tarball));
    const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    // The others are files to copy or to fetch.
    const typed = Object.keys(exports).filter((name) => exports[name].import?.types);
    assert.ok(typed.length >= 5);
    for (const name of typed) assert.ok(name in entrypoints, name);
    // The resolution of Node.js 10 knows no `exports`, and so no sub-paths.
    const counted = problems.filter(
      ({ entrypoint, resolutionKind }) =>
        entrypoint === undefined || (typed.includes(entrypoint) && (entrypoint === "." || resolutionKind !== "node10")),
    );
    assert.deepEqual(counted, []);
  });

  it("brings no other package", () => {
    const project = path.join(folder, "project");
    mkdirSync(project);
    writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }\n');
    npm(project, "install", "--offline", "--no-audit", "--no-fund", "--json", file);
    const { dependencies } = npm(project, "ls", "--all", "--json");
    assert.deepEqual(Object.keys(dependencies), ["kinvec"]);
    assert.equal(dependencies.kinvec.dependencies, undefined);
  });
});
