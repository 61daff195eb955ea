// Brings Debian's AppStream metadata (DEP-11) and icons through apt, without touching the system: apt runs with lists and caches
// of our own, takes the machine's configured mirrors, and skips the package indexes that it would fetch otherwise.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "./cache.mjs";

const run = promisify(execFile);
const SYSTEM_LISTS = "/var/lib/apt/lists";
const APT_TIMEOUT_MS = 5 * 60_000;

/**
 * @typedef {object} AppStreamFiles
 * @property {string[]} components gzipped DEP-11 YAML files
 * @property {string[]} icons tar.gz files of 64 x 64 icons
 * @property {string[]} largeIcons tar.gz files of 128 x 128 icons (about two programs in three have one)
 */

/** @param {string} folder @returns {AppStreamFiles} */
function listFiles(folder) {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const matching = (/** @type {RegExp} */ pattern) => names.filter((n) => pattern.test(n)).map((n) => join(folder, n));
  return {
    components: matching(/dep11_Components-.*\.yml\.gz$/),
    icons: matching(/dep11_icons-64x64\.tar\.gz$/),
    largeIcons: matching(/dep11_icons-128x128\.tar\.gz$/),
  };
}

/** One of apt's index targets: a file that a repository may offer beside its packages. */
function indexTarget(name, file) {
  return `Acquire::IndexTargets::deb::${name} {
  MetaKey "$(COMPONENT)/dep11/${file}"; ShortDescription "${name}"; Description "$(RELEASE)/$(COMPONENT) ${name}";
  KeepCompressed "true"; KeepCompressedAs "gz";
};`;
}

/** Settings laid over the machine's own: its sources and proxies stay, its folders and hooks do not. */
function aptSettings(folder) {
  return `Dir::State::Lists "${folder}/lists";
Dir::Cache "${folder}/cache";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear Acquire::IndexTargets;
${indexTarget("DEP-11", "Components-$(NATIVE_ARCHITECTURE).yml")}
${indexTarget("DEP-11-icons", "icons-64x64.tar")}
${indexTarget("DEP-11-icons-large", "icons-128x128.tar")}
`;
}

/**
 * Finds the metadata: what an earlier build kept, else what apt can bring, else what the system has by itself.
 * @param {(line: string) => void} log
 * @returns {Promise<AppStreamFiles | undefined>} undefined where there is none, as on systems without apt
 */
export async function findAppStream(log) {
  const folder = cacheFolder("appstream");
  const kept = listFiles(join(folder, "lists"));
  if (kept.components.length > 0 && kept.icons.length > 0) return kept;

  mkdirSync(join(folder, "lists", "partial"), { recursive: true });
  mkdirSync(join(folder, "cache", "archives", "partial"), { recursive: true });
  const settings = join(folder, "apt.conf");
  writeFileSync(settings, aptSettings(folder));
  try {
    log("fetching the AppStream catalogue through apt (about 23 MB, once)");
    await run("apt-get", ["-c", settings, "-q", "update"], { timeout: APT_TIMEOUT_MS });
  } catch (error) {
    const reason = error.code === "ENOENT" ? "there is no apt here" : String(error.stderr || error.message).trim();
    log(`the catalogue could not be fetched: ${reason}`);
  }
  const fetched = listFiles(join(folder, "lists"));
  if (fetched.components.length > 0) return fetched;
  const system = listFiles(SYSTEM_LISTS);
  if (system.components.length > 0) return system;
  log("apt offers no AppStream catalogue here");
  return undefined;
}
