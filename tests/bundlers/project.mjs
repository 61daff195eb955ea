// A bundler's project as its user has it: a folder outside the tree that holds the packed package.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const tests = path.join(here, "..");
const modelName = "all-MiniLM-L6-v2.q8.gguf";

/**
 * @param {string} name of a folder beside this file
 * @param {string} below folder that the project is made in
 * @param {string} packageFolder the package, unpacked
 * @param {string} base another such folder: the project is that one's with some files of its own
 * @returns {string} the project's folder
 */
export function makeProject(name, below, packageFolder, base = name) {
  const project = path.join(below, name);
  const own = path.join(here, base, "node_modules");
  const modules = path.join(project, "node_modules");
  for (const folder of [base, name]) {
    const withoutPackages = { recursive: true, filter: (file) => path.basename(file) !== "node_modules" };
    cpSync(path.join(here, folder), project, withoutPackages);
  }
  if (existsSync(path.join(here, base, "package-lock.json"))) copyTree(own, modules);
  else {
    mkdirSync(modules);
    // What the bundlers share lies in the one folder, what differs in their own.
    lend(path.join(here, "node_modules"), modules);
    lend(own, modules);
  }
  for (const part of ["package.json", "dist"]) {
    cpSync(path.join(packageFolder, part), path.join(modules, "kinvec", part), { recursive: true });
  }
  addSmokeSuite(path.join(modules, "smoke-suite"));
  return project;
}

/** Puts the model where the bundlers' servers find it. */
export function addModel(project) {
  cpSync(path.join(tests, "../models", modelName), path.join(project, "public/models", modelName));
}

/** Turbopack follows no links out of a project. Hard links are quick; not every file system has them. */
function copyTree(from, to) {
  if (spawnSync("cp", ["-al", from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Links to each package in a folder. Folders are made anew: what a bundler installs must not end up in the tree. */
function lend(from, to) {
  for (const name of existsSync(from) ? readdirSync(from) : []) {
    if (name.startsWith("kinvec")) continue; // npm's links to the projects themselves
    if (name.startsWith("@") || name === ".bin") {
      mkdirSync(path.join(to, name), { recursive: true });
      lend(path.join(from, name), path.join(to, name));
    } else {
      rmSync(path.join(to, name), { force: true });
      symlinkSync(path.join(from, name), path.join(to, name));
    }
  }
}

/** The smoke suite as a package, so that a project imports it as it does any other. */
function addSmokeSuite(folder) {
  for (const file of ["environments/smoke.mjs", "common/same_bits.mjs"]) {
    cpSync(path.join(tests, file), path.join(folder, file));
  }
  writeFileSync(
    path.join(folder, "package.json"),
    '{ "name": "smoke-suite", "version": "1.0.0", "main": "environments/smoke.mjs", "sideEffects": false }\n',
  );
}

/** Runs a script of the project's package.json to its end. */
export function runScript(project, script) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) throw new Error(`npm run ${script} of ${path.basename(project)} failed\n${stdout}${stderr}`);
}
