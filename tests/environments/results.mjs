// What each environment gave, for tools/environments_table.mjs: one JSON object per line.

import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../build/environments", import.meta.url));

/**
 * Begins build/environments/NAME.json anew.
 * @param {string} name of the test file
 * @returns records what `run` answers, or that it failed
 */
export function resultsOf(name) {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(file, { force: true });
  const write = (result) => appendFileSync(file, `${JSON.stringify(result)}\n`);

  /**
   * @param {{ group: string, environment: string, version: string }} where
   * @param {() => Promise<{ binary: string, checks: string[] }>} run
   */
  return async function record({ group, environment, version }, run) {
    try {
      const { binary, checks } = await run();
      write({ group, environment, version, binary, checks, passed: true });
    } catch (error) {
      write({ group, environment, version, binary: "", checks: [], passed: false });
      throw error;
    }
  };
}
