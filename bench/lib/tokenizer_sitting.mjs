// Kinvec's tokenizers, the reference library and the JavaScript ones, taking turns on the same texts in Node.js.

import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { openInNode } from "./node.mjs";
import { bench, cache, publishedTokenizers } from "./paths.mjs";
import { alternate } from "./rounds.mjs";
import { measuredTokenizers, tokenizerWorkloads } from "./tokenizer_workloads.mjs";

/** The columns of the table: an engine, and whether ids alone are asked of it. */
export const tokenizerColumns = [
  { name: "kinvecIds", engine: "kinvec-tokenizers", ids: true, title: "kinvec `encodeIds`" },
  { name: "kinvec", engine: "kinvec-tokenizers", ids: false, title: "kinvec `encode`" },
  { name: "referenceIds", engine: "reference", ids: true, title: "reference `encode_batch_fast`" },
  { name: "reference", engine: "reference", ids: false, title: "reference `encode`" },
  { name: "javascript", engine: "javascript-tokenizers", ids: false, title: "@huggingface/tokenizers" },
];

/**
 * @param {{ rounds: number, budget: number, onProgress(line: string): void }} options
 * @returns times and numbers of tokens by workload and column
 */
export async function sitTokenizers(options) {
  const session = await openInNode(["kinvec-tokenizers", "javascript-tokenizers"]);
  const reference = openReference();
  try {
    const refused = Object.entries(session.refused).map(([name, why]) => `${name}: ${why}`);
    if (refused.length > 0) throw new Error(refused.join("; "));
    const opened = [...session.engines, reference];
    const columns = tokenizerColumns.map(({ name, engine, ids }) => {
      const { measure, count } = opened.find((candidate) => candidate.name === engine);
      return {
        name,
        measure: (workload, budget) => measure({ ...workload, ids }, budget),
        count: (workload) => count({ ...workload, ids }),
      };
    });
    const { compared, alone } = tokenizerWorkloads();
    const tokens = {};
    for (const workload of compared) {
      tokens[workload.name] = {};
      for (const { name, count } of columns) tokens[workload.name][name] = await count(workload);
    }
    const times = {
      ...(await alternate(columns, compared, options)),
      ...(await alternate(columns.slice(0, 1), alone, options)),
    };
    return { runtime: session.runtime, times, tokens, compared, alone, titles: measuredTokenizers };
  } finally {
    await session.close();
    reference.close();
  }
}

function openReference() {
  const python = path.join(cache, "venv-tokenizers/bin/python");
  const script = path.join(bench, "engines/reference_tokenizers.py");
  const child = spawn(python, [script, publishedTokenizers], {
    env: { ...process.env, TOKENIZERS_PARALLELISM: "false", RAYON_NUM_THREADS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (order) => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error("the reference's process ended");
    return JSON.parse(value);
  };
  return {
    name: "reference",
    measure: (workload, budget) => ask({ order: "measure", workload, budget }),
    count: (workload) => ask({ order: "count", workload }),
    close: () => child.kill(),
  };
}
