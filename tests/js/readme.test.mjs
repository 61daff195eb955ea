// Every example of the README runs, and prints what it says it prints. Those that need other packages are run by
// tests/adapters.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ERROR_CODES } from "kinvec";
import { ExampleProject, titleOf } from "../common/examples.mjs";
import { ownCommands, ownExamples, readme } from "../common/readme.mjs";

let project;
before(() => {
  project = new ExampleProject();
});
after(() => project.remove());

describe("the README", () => {
  for (const { heading, code } of ownExamples) {
    it(`under "${heading}" has an example that runs: ${titleOf(code)}`, () => project.check(code));
  }

  for (const { heading, code } of ownCommands) {
    it(`under "${heading}" has commands that run`, () => {
      const { status, stderr } = project.spawn("sh", "-e", "-c", code);
      assert.equal(status, 0, stderr);
      assert.equal(readFileSync(path.join(project.folder, "vectors.jsonl"), "utf8").trim().split("\n").length, 2);
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
