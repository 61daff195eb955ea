// Every example of the README runs, and prints what it says it prints.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ERROR_CODES } from "kinvec";
import { modelFile } from "./helpers.mjs";
import { wordpieceJson } from "./small_tokenizers.mjs";
import { tinyCheckpoint } from "./tiny_checkpoint.mjs";

const packageFolder = path.dirname(createRequire(import.meta.url).resolve("kinvec/package.json"));
const readme = readFileSync(path.join(packageFolder, "README.md"), "utf8");
let project;

before(() => {
  project = mkdtempSync(path.join(tmpdir(), "kinvec-readme-"));
  writeFileSync(path.join(project, "package.json"), '{ "type": "module" }\n');
  mkdirSync(path.join(project, "node_modules/.bin"), { recursive: true });
  mkdirSync(path.join(project, "models"));
  symlinkSync(packageFolder, path.join(project, "node_modules/kinvec"));
  symlinkSync("../kinvec/dist/cli.mjs", path.join(project, "node_modules/.bin/kinvec"));
  cpSync(modelFile, path.join(project, "models", path.basename(modelFile)));
  writeFileSync(path.join(project, "lines.txt"), "one\ntwo\n");
  writeFileSync(path.join(project, "tokenizer.json"), JSON.stringify(wordpieceJson()));
  for (const [name, contents] of Object.entries(tinyCheckpoint())) {
    const file = path.join(project, "checkpoints/my-model", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
});
after(() => rmSync(project, { recursive: true }));

/** The code blocks of a language, each with the heading it stands under. */
function* blocks(language) {
  let heading = "";
  for (const [, title, name, code] of readme.matchAll(/^## (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (title) heading = title;
    else if (name === language) yield { heading, code };
  }
}

/** What an example says it prints: the comments behind console.log. */
function promised(code) {
  return [...code.matchAll(/console\.log\(.*\/\/ (.+)$/gm)].map(([, text]) => text);
}

describe("the README", () => {
  for (const { heading, code } of blocks("js")) {
    it(`under "${heading}" has an example that runs: ${code.split("\n").find((line) => /await (model|load|convert|train)/.test(line))}`, () => {
      const file = path.join(project, "example.mjs");
      writeFileSync(file, code);
      const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: project, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      const printed = stdout.trimEnd().split("\n");
      // A line in a loop is printed more than once.
      assert.deepEqual([...new Set(printed)], [...new Set(promised(code))]);
    });
  }

  for (const { heading, code } of blocks("sh")) {
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
