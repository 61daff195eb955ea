// Starts and asks `kinvec serve`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { modelFile } from "../js/helpers.mjs";

const manifestFile = createRequire(import.meta.url).resolve("kinvec/package.json");
const { bin } = JSON.parse(readFileSync(manifestFile, "utf8"));
export const program = path.join(path.dirname(manifestFile), bin.kinvec);

/** @returns {Promise<{ url: string, output: () => string, stop(signal?: string): Promise<number> }>} */
export async function startServer(...args) {
  const child = spawn(process.execPath, [program, "serve", modelFile, "--port", "0", ...args]);
  const ended = once(child, "exit");
  let output = "";
  const url = await new Promise((resolve, reject) => {
    const listen = (text) => {
      output += text;
      const [, address] = /at (http:\S+)\n/.exec(output) ?? [];
      if (address) resolve(address);
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.once("exit", () => reject(new Error(`the server did not start: ${output}`)));
  });
  return {
    url,
    output: () => output,
    kill: (signal) => child.kill(signal),
    ended: async () => (await ended)[0],
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

export const json = { "content-type": "application/json" };

/** What a server answers: status, headers, and the body if it is JSON. */
export async function ask(url, { method = "POST", headers = json, body } = {}) {
  const response = await fetch(url, { method, headers, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

/** A request of which only the beginning has been sent; `finish` sends the rest and answers what `ask` does. */
export async function beginRequest(url, text, agent) {
  const headers = { ...json, "content-length": Buffer.byteLength(text) };
  const sent = request(url, { method: "POST", headers, agent });
  const answered = once(sent, "response");
  answered.catch(() => {});
  await new Promise((resolve) => sent.write(text.slice(0, 1), resolve));
  return {
    sent: once(sent, "finish"),
    finish: async () => {
      sent.end(text.slice(1));
      const [response] = await answered;
      const parts = await response.toArray();
      return { status: response.statusCode, headers: response.headers, body: JSON.parse(Buffer.concat(parts)) };
    },
    destroy: () => sent.destroy(),
  };
}
