// The examples of the README, by where they can run.

import { readFileSync } from "node:fs";
import path from "node:path";
import { blocks, packageFolder } from "./examples.mjs";

export const readme = readFileSync(path.join(packageFolder, "README.md"), "utf8");

// An example needs no package but this one, or is run where those of the adapters are. Likewise a server is started
// there, for the example that asks it.
const needsOthers = ({ code }) => /^import .* from "(?!kinvec["/]|node:)/m.test(code);
const starts = ({ code }) => code.includes("kinvec serve");
const examples = [...blocks(readme, "js")];
const commands = [...blocks(readme, "sh")];
export const ownExamples = examples.filter((example) => !needsOthers(example));
export const otherExamples = examples.filter(needsOthers);
export const ownCommands = commands.filter((command) => !starts(command));
export const servers = commands.filter(starts);
