// The examples of a Markdown text: a project that they run in, and what they say they print.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { goldenPath } from "../js/goldens.mjs";
import { modelFile } from "../js/helpers.mjs";
import { wordpieceJson } from "../js/small_tokenizers.mjs";
import { tinyCheckpoint } from "../js/tiny_checkpoint.mjs";

export const packageFolder = path.dirname(createRequire(import.meta.url).resolve("kinvec/package.json"));

/** Words that are royal, female, pets and dull, each to its degree. */
const vectorLines = [
  "king 0.9 -0.7 0 0.1",
  "queen 0.9 0.7 0 0.1",
  "man 0.1 -0.8 0 0.2",
  "woman 0.1 0.8 0 0.2",
  "cat 0.1 0.1 0.9 0",
  "kitten 0 0.2 0.9 0",
  "dog 0.1 -0.2 0.8 0.1",
  "tax 0.2 0 0 0.9",
];

/** A folder with the package installed, and the files that examples read. */
export class ExampleProject {
  constructor() {
    this.folder = mkdtempSync(path.join(tmpdir(), "kinvec-examples-"));
    this.write("package.json", '{ "type": "module" }\n');
    mkdirSync(path.join(this.folder, "node_modules/.bin"), { recursive: true });
    mkdirSync(path.join(this.folder, "models"));
    symlinkSync(packageFolder, path.join(this.folder, "node_modules/kinvec"));
    symlinkSync("../kinvec/dist/cli.mjs", path.join(this.folder, "node_modules/.bin/kinvec"));
    cpSync(modelFile, path.join(this.folder, "models", path.basename(modelFile)));
    this.write("lines.txt", "one\ntwo\n");
    this.write(
      "notes/garden.md",
      "# Garden\n\nTomatoes need sun. Prune the apple trees in February, before the buds open.\n",
    );
    this.write("notes/bread.md", "# Bread\n\nFeed the starter twice a day. Bake at 240 degrees.\n");
    this.write("notes/work/meeting.md", "# Meeting\n\nThe budget is due on Friday. Ask Anna for the figures.\n");
    this.write("vectors.txt", vectorLines.join("\n"));
    cpSync(goldenPath("words/one_vs_all.bin"), path.join(this.folder, "kinds.bin"));
    this.write("tokenizer.json", JSON.stringify(wordpieceJson()));
    const { "1_Pooling/config.json": _, ...withoutPooling } = tinyCheckpoint();
    for (const [name, files] of Object.entries({ "my-model": tinyCheckpoint(), "without-pooling": withoutPooling })) {
      for (const [file, contents] of Object.entries(files)) this.write(`checkpoints/${name}/${file}`, contents);
    }
  }

  write(name, contents) {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
    return file;
  }

  /** Runs a program in the folder to its end. */
  spawn(program, ...args) {
    return spawnSync(program, args, { cwd: this.folder, encoding: "utf8" });
  }

  /** Asserts that an example runs and prints what it says it prints. */
  check(code) {
    const { status, stdout, stderr } = this.spawn(process.execPath, this.write("example.mjs", code));
    assert.equal(status, 0, stderr);
    const printed = stdout.trimEnd().split("\n");
    // A line in a loop is printed more than once.
    assert.deepEqual([...new Set(printed)], [...new Set(promised(code))]);
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}

/** The code blocks of a language, each with the heading it stands under. */
export function* blocks(markdown, language) {
  let heading = "";
  for (const [, title, name, code] of markdown.matchAll(/^##+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (title) heading = title;
    else if (name === language) yield { heading, code };
  }
}

/** The line that tells one example from another. */
export function titleOf(code) {
  const lines = code.trimEnd().split("\n");
  const telling = [/kinvec\/adapters/, /await (model|load|convert|train)/];
  const found = telling.map((pattern) => lines.find((line) => pattern.test(line))).find((line) => line !== undefined);
  return (found ?? lines.at(-1)).trim();
}

/** What an example says it prints: the comments behind console.log. */
function promised(code) {
  return [...code.matchAll(/console\.log\(.*\/\/ (.+)$/gm)].map(([, text]) => text);
}
