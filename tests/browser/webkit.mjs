// WebKitGTK (JavaScriptCore, Safari's engine) through WebKitWebDriver, in a virtual X display.
// The protocol is plain W3C WebDriver: a handful of HTTP calls with JSON bodies.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { findFile, findProgram } from "./programs.mjs";

const longTime = 900_000; // ms; WebDriver's own default stops a script after 30 s

/** @returns {Promise<import("./engines.mjs").Browser>} */
export async function launch() {
  const miniBrowser = findFile("/usr/lib", [
    "webkit2gtk-4.1/MiniBrowser",
    "webkitgtk-6.0/MiniBrowser",
    "webkit2gtk-4.0/MiniBrowser",
  ]);
  const display = await startDisplay();
  const port = await freePort();
  const driver = spawn(findProgram([process.env.KINVEC_WEBKIT_DRIVER], ["WebKitWebDriver"]), [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: display.name,
      NO_AT_BRIDGE: "1", // no accessibility bus in a virtual display
      // WebKit's sandbox cannot be set up by root, the user of most build containers.
      ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" } : {}),
    },
  });
  const base = `http://127.0.0.1:${port}`;
  await untilReady(base);
  const { sessionId, capabilities } = await post(`${base}/session`, {
    capabilities: {
      alwaysMatch: { "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation"] } },
    },
  });
  const session = `${base}/session/${sessionId}`;
  await post(`${session}/timeouts`, { script: longTime, pageLoad: longTime });
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    errors: [],
    requests: [],
    open: (url) => post(`${session}/url`, { url }),
    async evaluate(code, ...args) {
      const answer = await post(`${session}/execute/async`, { script: scriptOf(code), args });
      if ("error" in answer) throw new Error(answer.error);
      return answer.value;
    },
    async close() {
      await fetch(session, { method: "DELETE" }).catch(() => {});
      await stop(driver);
      await stop(display.process);
    },
  };
}

/** WebDriver runs the body of a function whose last argument reports the answer. */
const scriptOf = (code) => `
  const args = [...arguments];
  const done = args.pop();
  Promise.resolve()
    .then(() => (${code})(...args))
    .then((value) => done({ value: value === undefined ? null : value }),
          (error) => done({ error: String(error) + "\\n" + (error && error.stack) }));`;

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(longTime),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebDriver: ${value?.error}: ${value?.message}`);
  return value;
}

/** Starts Xvfb on a display number of its own choice, which it writes to file descriptor 3. */
async function startDisplay() {
  const child = spawn(
    findProgram([], ["Xvfb"]),
    ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const number = await new Promise((resolve, reject) => {
    child.stdio[3].once("data", (data) => resolve(String(data).trim()));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { name: `:${number}`, process: child };
}

async function untilReady(base) {
  for (let attempt = 0; attempt < 100; attempt++) {
    const status = await fetch(`${base}/status`).catch(() => undefined);
    if (status?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("WebKitWebDriver did not answer");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}
