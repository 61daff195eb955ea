// Coverage-guided fuzzing of JavaScript with what Node.js has: V8 counts how often each block ran, and inputs that reach
// a block, or run it many times more often, are kept and changed further. Jazzer.js would be the library for it, but its
// binaries need a glibc (2.38) that not every system has on which the other targets run.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import path from "node:path";

const kLongestInput = 256;
const kReportSeconds = 30;

/** The blocks of some scripts that have run since they were last asked for. */
class Coverage {
  #session = new Session();
  #isCounted;

  constructor(isCounted) {
    this.#isCounted = isCounted;
    this.#session.connect();
    this.#post("Profiler.enable");
    this.#post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** One text for each block and magnitude of its count. */
  take() {
    const features = [];
    for (const { url, scriptId, functions } of this.#post("Profiler.takePreciseCoverage").result) {
      if (!this.#isCounted(url)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count > 0) features.push(`${scriptId} ${startOffset} ${endOffset} ${Math.floor(Math.log2(count) / 2)}`);
        }
      }
    }
    return features;
  }

  /** Sessions of the same thread answer at once. */
  #post(method, params) {
    let answer;
    this.#session.post(method, params, (error, result) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      answer = result;
    });
    return answer;
  }
}

/** The same numbers from the same seed (a 32-bit linear congruential generator). */
function numbers(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A changed copy of an input. `other` is one to take bytes from. */
function mutate(input, other, below) {
  let bytes = [...input];
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(bytes.length + 1);
    switch (below(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = below(256);
        break;
      case 1:
        if (at < bytes.length) bytes[at] = (bytes[at] + below(9) - 4) & 255;
        break;
      case 2:
        bytes.splice(at, 0, ...Array.from({ length: 1 + below(8) }, () => below(256)));
        break;
      case 3:
        bytes.splice(at, 1 + below(8));
        break;
      case 4:
        bytes.splice(at, 0, ...bytes.slice(below(bytes.length + 1)).slice(0, 1 + below(16)));
        break;
      default:
        bytes = [...bytes.slice(0, at), ...other.slice(below(other.length + 1))];
    }
  }
  return Uint8Array.from(bytes.slice(0, kLongestInput));
}

const nameOf = (input) => createHash("sha1").update(input).digest("hex").slice(0, 12);

/**
 * Runs `target` on inputs until the time is over. Lies in `folder`: the inputs that found something new, read again by
 * the next run; `findings`, the inputs that `target` threw for, each kind of error once; `current`, the input being run,
 * which is the culprit when the process ends; and `runs.json`, what is answered.
 * @param {(input: Uint8Array) => Promise<void>} target
 * @param {{ folder: string, seeds: Uint8Array[], seconds: number, seed: number, mostBytes: number,
 *   isCounted: (url: string) => boolean, onKept: () => void }} options `mostBytes`: memory that the process may ever
 *   hold; `onKept` is called when the input just run is one to go on from.
 * @returns {Promise<{ runs: number, kept: number, blocks: number, findings: number }>}
 */
export async function fuzzWithCoverage(target, { folder, seeds, seconds, seed, mostBytes, isCounted, onKept }) {
  const findings = path.join(folder, "findings");
  const corpusFolder = path.join(folder, "corpus");
  const current = path.join(folder, "current");
  for (const name of [findings, corpusFolder]) mkdirSync(name, { recursive: true });
  const below = numbers(seed);
  const coverage = new Coverage(isCounted);
  const seen = new Set();
  const errors = new Set();
  const corpus = [];
  let runs = 0;

  const report = (input, error) => {
    // Without numbers, which are places in minified code, or values.
    const kind = String(error?.stack ?? error)
      .replaceAll(/\d+/g, "0")
      .slice(0, 400);
    if (errors.has(kind)) return;
    errors.add(kind);
    writeFileSync(path.join(findings, nameOf(input)), input);
    process.stdout.write(
      `finding: ${nameOf(input)} (${Buffer.from(input).toString("hex")})\n${error?.stack ?? error}\n`,
    );
  };

  /** Runs an input; keeps it if it is good for something. */
  const runInput = async (input, isStored) => {
    writeFileSync(current, input);
    runs++;
    try {
      await target(input);
    } catch (error) {
      report(input, error);
    }
    const found = coverage.take().filter((feature) => !seen.has(feature));
    if (process.resourceUsage().maxRSS * 1024 > mostBytes) throw new Error(`more than ${mostBytes} bytes of memory`);
    if (found.length === 0 && corpus.length > 0) return;
    for (const feature of found) seen.add(feature);
    corpus.push(input);
    onKept();
    if (!isStored) writeFileSync(path.join(corpusFolder, nameOf(input)), input);
  };
  const summary = () => ({ runs, kept: corpus.length, blocks: seen.size, findings: errors.size });

  const tell = () => {
    const text = JSON.stringify(summary());
    process.stdout.write(`${text}\n`);
    writeFileSync(path.join(folder, "runs.json"), text);
  };

  for (const input of seeds) await runInput(input, false);
  for (const known of [findings, corpusFolder]) {
    for (const name of readdirSync(known)) await runInput(readFileSync(path.join(known, name)), true);
  }
  const started = performance.now();
  for (let reported = started; performance.now() - started < 1000 * seconds; ) {
    // Every other time one of the last few, from which most of what is new is found.
    const range = below(2) === 0 ? corpus.length : Math.min(corpus.length, 16);
    const base = corpus[corpus.length - 1 - below(range)];
    await runInput(mutate(base, corpus[below(corpus.length)], below), false);
    if (performance.now() - reported < 1000 * kReportSeconds) continue;
    reported = performance.now();
    tell();
  }
  tell();
  rmSync(current);
  return summary();
}
