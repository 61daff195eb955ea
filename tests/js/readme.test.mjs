// Every example of the README runs, and prints what it says it prints.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ERROR_CODES } from "kinvec";
import { blocks, ExampleProject, packageFolder, titleOf } from "./examples.mjs";

const readme = readFileSync(path.join(packageFolder, "README.md"), "utf8");
let project;

before(() => {
  project = new ExampleProject();
});
after(() => project.remove());

describe("the README", () => {
  for (const { heading, code } of blocks(readme, "js")) {
    it(`under "${heading}" has an example that runs: ${titleOf(code)}`, () => project.check(code));
  }

  for (const { heading, code } of blocks(readme, "sh")) {
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
