// Keeps two commands in the same tree (a server and a test run, say) from building into the same files at once.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./project.mjs";

const file = path.join(root, "build/lock");

/** Runs `work` while no other process of this tree does. */
export async function withBuildLock(work) {
  mkdirSync(path.dirname(file), { recursive: true });
  while (!take()) await sleep(200);
  const release = () => rmSync(file, { force: true });
  process.once("exit", release); // also when `work` ends the process
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!ownerIsAlive()) rmSync(file, { force: true });
    return false;
  }
}

function ownerIsAlive() {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // alive, but another user's
  }
}
