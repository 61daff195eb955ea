// What more workers make of a list of texts: the golden sentences, embedded by one engine in this thread and by pools, in
// turns. A part of the bench; by itself it runs on dist/ as it is:
//
//   node bench/lib/workers_throughput.mjs [ROUNDS] [--json]

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isMain, runMain } from "../../tools/lib/project.mjs";
import { node24 } from "./machine.mjs";
import { milliseconds, table } from "./markdown.mjs";
import { kinvecDist, kinvecModel, root } from "./paths.mjs";

/**
 * @param {{ rounds: number, pools?: number[] }} options numbers of workers; 0 is this thread
 * @returns {Promise<{ workers: number, milliseconds: number, cpu: number }[]>} least wall and processor time of the list
 */
export async function measureWorkers({ rounds, pools = [0, 1, 2, ...(availableParallelism() > 4 ? [4] : [])] }) {
  const { load } = await import(pathToFileURL(path.join(kinvecDist, "node.mjs")));
  const texts = JSON.parse(readFileSync(path.join(root, "tests/golden/sentences.json"), "utf8"));
  const models = await Promise.all(pools.map((workers) => load(kinvecModel, workers === 0 ? {} : { workers })));
  const results = pools.map((workers) => ({
    workers,
    milliseconds: Number.POSITIVE_INFINITY,
    cpu: Number.POSITIVE_INFINITY,
  }));
  // Round 0 is not counted: it brings the engines' code to its optimised form.
  for (let round = 0; round <= rounds; round++) {
    for (const [i, model] of models.entries()) {
      const cpu = process.cpuUsage();
      const start = performance.now();
      await model.embed(texts);
      const taken = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      if (round === 0) continue;
      results[i].milliseconds = Math.min(results[i].milliseconds, taken);
      results[i].cpu = Math.min(results[i].cpu, (user + system) / 1000);
    }
  }
  for (const model of models) model.dispose();
  return results;
}

/** @returns {string} the results of measureWorkers as a table */
export function workersTable(results) {
  const one = results.find(({ workers }) => workers === 1);
  return table(
    ["workers", "ms", "times the throughput of one", "processor ms"],
    results.map(({ workers, milliseconds: taken, cpu }) => [
      workers === 0 ? "none" : workers,
      milliseconds(taken),
      (one.milliseconds / taken).toFixed(2),
      milliseconds(cpu),
    ]),
  );
}

/** The same in a process of Node.js 24, which runs the binary that pages run. */
export function measureWorkersApart({ rounds }) {
  const run = spawnSync(node24(), [fileURLToPath(import.meta.url), String(rounds), "--json"], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`the workers could not be measured: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

if (isMain(import.meta.url)) {
  await runMain(async () => {
    const rounds = Number(process.argv[2] ?? 5);
    const before = loadavg()[0].toFixed(1);
    const results = await measureWorkers({ rounds });
    const cores = availableParallelism();
    const made = `Node.js ${process.versions.node}, ${cores} cores, load ${before}, minimum of ${rounds} rounds`;
    process.stdout.write(
      process.argv[3] === "--json"
        ? JSON.stringify({ runtime: `Node.js ${process.versions.node}`, cores, results })
        : `${made}\n\n${workersTable(results)}\n`,
    );
  });
}
