// Files that take long to make, kept in the cache folder under a hash of what they are made from.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cache } from "../../tools/lib/project.mjs";

/**
 * @param {(string | Buffer)[]} sources
 * @param {() => Promise<Uint8Array>} make
 * @returns {Promise<{ file: Buffer, seconds: number }>} `seconds` of processor time that it took to make
 */
export async function kept(sources, make) {
  const hash = createHash("sha256");
  for (const source of sources) hash.update(source);
  const name = path.join(cache, "rungs", `${hash.digest("hex").slice(0, 32)}.gguf`);
  if (!existsSync(name)) {
    const before = process.cpuUsage();
    const file = await make();
    const { user, system } = process.cpuUsage(before);
    mkdirSync(path.dirname(name), { recursive: true });
    writeFileSync(`${name}.json`, `${JSON.stringify({ seconds: (user + system) / 1e6 })}\n`);
    writeFileSync(`${name}.part`, file);
    renameSync(`${name}.part`, name); // so that an interrupted run never leaves half a file
  }
  return { file: readFileSync(name), ...JSON.parse(readFileSync(`${name}.json`, "utf8")) };
}
