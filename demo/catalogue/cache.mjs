// Where the build keeps what it fetched or computed, outside the source tree, so that a clean checkout builds quickly.
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The folder for one kind of cached thing, created when missing.
 * @param {string} name sub-folder, for example "appstream"
 */
export function cacheFolder(name) {
  const home = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const folder = join(process.env.KINVEC_CACHE || join(home, "kinvec"), name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
