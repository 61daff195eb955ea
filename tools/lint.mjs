// `npm run lint`: Biome, clang-format, clang-tidy and the source-hygiene check.  `--fix` formats instead of complaining.

import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { hygieneFindings } from "./lib/hygiene.mjs";
import { filesBelow, hashOf, root, run, setup, toolEnvironment, whenChanged } from "./lib/project.mjs";

const fix = process.argv.includes("--fix");
setup("lint");
const env = toolEnvironment();
const cpp = filesBelow("src", "bindings", "tests/cpp", "tests/fuzz", "bench/kernels").filter((name) =>
  /\.(cpp|h)$/.test(name),
);
let failures = 0;

title("biome");
const biome = path.join(root, "node_modules/@biomejs/biome/bin/biome");
check(
  await ends(process.execPath, [biome, ...(fix ? ["check", "--write", "."] : ["check", "--error-on-warnings", "."])]),
);

title("clang-format");
check(await ends("clang-format-19", fix ? ["-i", ...cpp] : ["--dry-run", "-Werror", ...cpp]));

title("source hygiene");
const findings = hygieneFindings();
for (const finding of findings) process.stdout.write(`${finding}\n`);
check(findings.length === 0);

if (!fix) {
  title("clang-tidy");
  check(await tidy());
}

process.stdout.write(failures === 0 ? "\nlint: clean\n" : `\nlint: ${failures} of the checks found something\n`);
process.exit(failures === 0 ? 0 : 1);

/** A file is looked at again only when it, a header or the settings have changed. */
async function tidy() {
  run("cmake", ["--preset", "native-debug", "--log-level=WARNING"], { env, stdio: "pipe", encoding: "utf8" });
  mkdirSync(path.join(root, "build/stamps/tidy"), { recursive: true });
  const settings = hashOf(".clang-tidy", "CMakeLists.txt", "CMakePresets.json", ...cpp.filter((n) => n.endsWith(".h")));
  const queue = cpp.filter((name) => /^src\/.*\.cpp$/.test(name));
  let clean = true;
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const source = file;
      await whenChanged(`tidy/${source.replaceAll("/", "-")}`, settings + hashOf(source), [], async () => {
        const passed = await ends("clang-tidy-19", ["--quiet", "-p", "build/native-debug", source]);
        if (!passed) clean = false;
        return passed;
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return clean;
}

function ends(program, args) {
  return new Promise((resolve) => {
    // clang-tidy counts the warnings it hides on stderr; what it finds stands on stdout.
    const stderr = program.startsWith("clang-tidy") ? "ignore" : "inherit";
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "inherit", stderr] });
    child.on("error", (error) => {
      process.stdout.write(`${program}: ${error.message}\n`);
      resolve(false);
    });
    child.on("close", (code) => resolve(code === 0));
  });
}

function check(passed) {
  if (!passed) failures += 1;
}

function title(name) {
  process.stdout.write(`== ${name}\n`);
}
