// The servers that bundlers bring, as children of the test.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import path from "node:path";

/**
 * Starts a program of the project that serves pages, on a free port.
 * @param {string} project folder
 * @param {string} command name in node_modules/.bin, and its arguments
 * @returns {Promise<{ origin: string, close(): Promise<void> }>} once it answers
 */
export async function startServer(project, command) {
  const port = await freePort();
  const [program, ...args] = [...command.split(" "), "--port", String(port)];
  const child = spawn(path.join(project, "node_modules/.bin", program), args, {
    cwd: project,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    detached: true, // a process group of its own, which ends whole
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      output += text;
    });
  }
  const ended = new Promise((resolve) => child.on("close", resolve));
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  const origin = `http://localhost:${port}`;
  for (let attempt = 0; attempt < 600 && child.exitCode === null; attempt++) {
    const answers = await fetch(origin).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return { origin, close };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await close();
  throw new Error(`${command} does not answer\n${output}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
