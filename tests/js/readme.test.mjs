// Every example of the README runs, and prints what it says it prints. Those that need other packages are run by
// tests/adapters.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ERROR_CODES } from "kinvec";
import { makeProject, ownCommands, ownExamples, promised, readme, runExample, telling } from "../common/readme.mjs";

let project;

before(() => {
  project = mkdtempSync(path.join(tmpdir(), "kinvec-readme-"));
  makeProject(project);
});
after(() => rmSync(project, { recursive: true }));

describe("the README", () => {
  for (const { heading, code } of ownExamples) {
    it(`under "${heading}" has an example that runs: ${telling(code)}`, () => {
      const { status, stderr, printed } = runExample(project, code);
      assert.equal(status, 0, stderr);
      assert.deepEqual(printed, [...new Set(promised(code))]);
    });
  }

  for (const { heading, code } of ownCommands) {
    it(`under "${heading}" has commands that run`, () => {
      const { status, stderr } = spawnSync("sh", ["-e", "-c", code], { cwd: project, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.equal(readFileSync(path.join(project, "vectors.jsonl"), "utf8").trim().split("\n").length, 2);
    });
  }

  it("lists every error code", () => {
    const listed = [...readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, code]) => code);
    assert.deepEqual(listed, [...ERROR_CODES]);
  });

  it("has no link to a heading that is not there", () => {
    const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\w\s-]/g, "")
        .replace(/\s/g, "-"),
    );
    for (const [, anchor] of readme.matchAll(/\]\(#([^)]+)\)/g)) assert.ok(anchors.includes(anchor), anchor);
  });
});
