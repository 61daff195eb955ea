// The examples of the README, and a project in which they run.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { modelFile } from "../js/helpers.mjs";
import { wordpieceJson } from "../js/small_tokenizers.mjs";
import { tinyCheckpoint } from "../js/tiny_checkpoint.mjs";

const packageFolder = path.dirname(createRequire(import.meta.url).resolve("kinvec/package.json"));
export const readme = readFileSync(path.join(packageFolder, "README.md"), "utf8");

/** The code blocks of a language, each with the heading it stands under. */
function* blocks(language) {
  let heading = "";
  for (const [, title, name, code] of readme.matchAll(/^##+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (title) heading = title;
    else if (name === language) yield { heading, code };
  }
}

// An example needs no package but this one, or is run where those of the adapters are. Likewise a server is started
// there, for the example that asks it.
const needsOthers = ({ code }) => /^import .* from "(?!kinvec["/]|node:)/m.test(code);
const starts = ({ code }) => code.includes("kinvec serve");
const examples = [...blocks("js")];
const commands = [...blocks("sh")];
export const ownExamples = examples.filter((example) => !needsOthers(example));
export const otherExamples = examples.filter(needsOthers);
export const ownCommands = commands.filter((command) => !starts(command));
export const servers = commands.filter(starts);

/** What an example says it prints: the comments behind console.log. */
export function promised(code) {
  return [...code.matchAll(/console\.log\(.*\/\/ (.+)$/gm)].map(([, text]) => text);
}

/** What sets an example apart from the others under its heading. */
export function telling(code) {
  const lines = code.split("\n");
  return (
    lines.find((line) => /kinvec\/adapters/.test(line)) ?? lines.find((line) => /(await|=) [\w.]+\(|new /.test(line))
  );
}

/** Puts the package, and the files that the examples name, into an empty folder. */
export function makeProject(folder) {
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }\n');
  mkdirSync(path.join(folder, "node_modules/.bin"), { recursive: true });
  mkdirSync(path.join(folder, "models"));
  symlinkSync(packageFolder, path.join(folder, "node_modules/kinvec"));
  symlinkSync("../kinvec/dist/cli.mjs", path.join(folder, "node_modules/.bin/kinvec"));
  cpSync(modelFile, path.join(folder, "models", path.basename(modelFile)));
  writeFileSync(path.join(folder, "lines.txt"), "one\ntwo\n");
  writeFileSync(path.join(folder, "tokenizer.json"), JSON.stringify(wordpieceJson()));
  for (const [name, contents] of Object.entries(tinyCheckpoint())) {
    const file = path.join(folder, "checkpoints/my-model", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}

/** Runs an example in a project; `printed` has each line once, since one in a loop is printed more than once. */
export function runExample(folder, code) {
  const file = path.join(folder, "example.mjs");
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
  return { status, stderr, printed: [...new Set(stdout.trimEnd().split("\n"))] };
}
