// Runs test files by Node's own runner, and counts.

import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { cache } from "./project.mjs";

// No test file comes near to these; one that hangs is a failure, and the others run all the same.
const kLongest = 20 * 60_000; // ms
const kLongestInBrowser = 8 * 60_000;

const kBrowsersAtOnce = 2; // each is mostly one thread's work, or waiting

/** The running Node.js if it has the version asked for, else the one that tools/setup.sh brought. */
export function nodeProgram(major) {
  if (Number.parseInt(process.versions.node, 10) === major) return process.execPath;
  return path.join(cache, `node-${major}/bin/node`);
}

/**
 * Runs test files with one version of Node.js.
 * @param {{ cwd: string, env?: object, atOnce?: number }} options `atOnce`: files that run side by side, for those that are
 *   mostly one thread's work
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function nodeTest(node, files, { cwd, env = {}, atOnce = 1 }) {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const tap = tapFile(cwd, 0);
  spawnSync(node, [...argumentsOf(tap, atOnce, kLongest), ...files], {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: environmentOf(env),
  });
  return takeCounts(tap);
}

/**
 * Runs test files that drive a browser, each by itself. A browser can stall, for example draw no frame any more until it is
 * started anew: a file that failed runs once more when the others are done, and the second run counts. It is told of.
 * @returns {Promise<{ passed: number, failed: number, skipped: number, repeated: number }>} `repeated`: files that ran twice
 */
export async function browserTest(files, { cwd, env = {} }) {
  const failed = [];
  const counts = { passed: 0, failed: 0, skipped: 0, repeated: 0 };
  const add = (more) => {
    for (const key of Object.keys(more)) counts[key] += more[key];
  };
  const queue = files.slice();
  const worker = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const first = await runFile(file, cwd, env);
      if (first.failed > 0 || first.passed === 0) failed.push(file);
      else add(first);
    }
  };
  await Promise.all(Array.from({ length: kBrowsersAtOnce }, worker));
  for (const file of failed) {
    process.stdout.write(`\nonce more, as it failed: ${file}\n`);
    add({ ...(await runFile(file, cwd, env)), repeated: 1 });
  }
  return counts;
}

let lastFile = 0;

/** Its output is shown when it has ended, so that it stands by itself. */
async function runFile(file, cwd, env) {
  const tap = tapFile(cwd, ++lastFile);
  const output = [];
  const child = spawn(process.execPath, [...argumentsOf(tap, 1, kLongestInBrowser), file], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: environmentOf(env),
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(chunk));
  await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  process.stdout.write(Buffer.concat(output));
  return takeCounts(tap);
}

const tapFile = (cwd, number) => path.join(cwd, `node_modules/.kinvec-tap-${process.pid}-${number}`);

function argumentsOf(tap, atOnce, longest) {
  return [
    "--test",
    `--test-concurrency=${atOnce}`,
    `--test-timeout=${longest}`,
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    "--test-reporter=tap",
    `--test-reporter-destination=${tap}`,
  ];
}

function environmentOf(env) {
  return {
    ...process.env,
    ...env,
    KINVEC_CACHE: cache,
    KINVEC_NODE20: nodeProgram(20),
    KINVEC_NODE24: nodeProgram(24),
  };
}

function takeCounts(tap) {
  const text = readFileSync(tap, "utf8");
  rmSync(tap);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return {
    passed: count("pass"),
    failed: count("fail") + count("cancelled"),
    skipped: count("skipped") + count("todo"),
  };
}
