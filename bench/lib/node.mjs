// All engines side by side in Node.js: a process each, one of them working at a time.

import { fork, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { node24 } from "./machine.mjs";

const script = fileURLToPath(new URL("node_engine.mjs", import.meta.url));

/** As openInBrowser. Node.js 24 where tools/setup.sh has brought it, else the one that runs the bench. */
export async function openInNode(names) {
  const execPath = node24();
  const { stdout } = spawnSync(execPath, ["-p", "process.version + ', V8 ' + process.versions.v8"], {
    encoding: "utf8",
  });
  const engines = [];
  const refused = {};
  const children = [];
  for (const name of names) {
    const child = fork(script, { execPath, execArgv: [] });
    children.push(child);
    const ask = (order, ...args) => request(child, order, args);
    try {
      const info = await ask("open", name);
      const turn = (workload, budget) => ask("measure", workload, budget);
      engines.push({
        name,
        info,
        requests: [],
        measure: turn,
        count: (workload) => ask("count", workload),
        embedAll: (sentences) => ask("embedAll", sentences),
      });
    } catch (error) {
      refused[name] = error.message;
    }
  }
  return {
    runtime: `Node.js ${stdout.trim()}`,
    engines,
    refused,
    async close() {
      for (const child of children) child.kill();
    },
  };
}

function request(child, order, args) {
  return new Promise((resolve, reject) => {
    const finish = (act) => {
      child.off("message", onMessage);
      child.off("exit", onExit);
      act();
    };
    const onMessage = ({ value, error }) => finish(() => (error ? reject(new Error(error)) : resolve(value)));
    const onExit = (code) => finish(() => reject(new Error(`the process ended with ${code}`)));
    child.on("message", onMessage);
    child.on("exit", onExit);
    child.send({ order, args });
  });
}
