// What the tools share: where things lie, the tool environment, running programs, and "has anything changed?".

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** The folder outside the work tree that holds the toolchain, weights and browsers' Node.js versions. */
export const cache =
  process.env.KINVEC_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "kinvec");

/** Whether the module with this `import.meta.url` is the program being run. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Runs a program in the project's root (or `cwd`) to its end. @throws if it fails, with its output unless that was shown */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: "inherit", maxBuffer: 1 << 28, ...options });
  if (result.error || result.status !== 0) {
    const why = result.error?.message ?? `ended with ${result.signal ?? result.status}`;
    const output = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
    throw new Error(`${[program, ...args].join(" ")}: ${why}${output && `\n${output}`}`);
  }
  return result;
}

/** Runs a tool's main function; what it throws is the last thing the tool says. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Brings what the named sections (`build`, `test`, `lint`) need; quick when it is all there. */
export function setup(...sections) {
  run("bash", [path.join(root, "tools/setup.sh"), ...sections], { stdio: ["ignore", "inherit", "inherit"] });
}

let cachedToolEnvironment;

/** The environment in which Emscripten and the native compiler are found. */
export function toolEnvironment() {
  if (!cachedToolEnvironment) {
    const { stdout } = run("bash", ["-c", '. "$0" && env -0', path.join(cache, "env.sh")], {
      stdio: "pipe",
      encoding: "utf8",
    });
    const entries = stdout.split("\0").filter((line) => line.includes("="));
    cachedToolEnvironment = Object.fromEntries(
      entries.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
  }
  return cachedToolEnvironment;
}

/** The files below folders of the root, as paths relative to it; installed and built things left out. */
export function filesBelow(...folders) {
  const built = new Set(["node_modules", "build", "dist", "generated", ".git"]);
  const visit = (name) => {
    const file = path.join(root, name);
    if (!existsSync(file)) return [];
    if (!statSync(file).isDirectory()) return [name];
    return readdirSync(file)
      .filter((entry) => !built.has(entry))
      .sort()
      .flatMap((entry) => visit(path.join(name, entry)));
  };
  return folders.flatMap(visit);
}

/** A hash over the names and contents of files and folders (relative to the root; a missing one counts as empty). */
export function hashOf(...names) {
  const hash = createHash("sha256");
  for (const file of names.flatMap((name) => (name.startsWith("build/") ? [name] : filesBelow(name)))) {
    if (!existsSync(path.join(root, file))) continue;
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Runs `make` unless the stamp says that it has run for this hash and all its outputs are still there.
 * `make` may answer false: it failed and is to run again.
 */
export async function whenChanged(name, hash, outputs, make) {
  const stamp = path.join(root, "build/stamps", name);
  const current = existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (current && outputs.every((file) => existsSync(path.join(root, file)))) return;
  if ((await make()) === false) return;
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}
