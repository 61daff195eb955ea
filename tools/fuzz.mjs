// `npm run fuzz -- [--seconds N] [target...]`: builds and runs the fuzz targets, all or the named ones, each for so many
// seconds (60 if not said).  Ends with an error if one of them has found something.
//
// Each works in a folder below build/fuzz: `corpus` grows from run to run, `findings` are inputs to be kept in
// tests/fuzz/corpus once they are understood. Until they are mended, every run begins with them, and fails.

import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { withBuildLock } from "./lib/lock.mjs";
import { root, run, runMain, setup, toolEnvironment } from "./lib/project.mjs";

const kMostSeconds = 25; // for one input
const kMostMegabytes = 2048;

const workFolder = (name) => path.join(root, "build/fuzz", name);

/** A libFuzzer target of the same name, and the folders it starts from. */
const native = (...seeds) => ({ run: runNative, seeds });
/** The kept inputs are read by the target itself. */
const script = () => ({ run: runScript });

const targets = {
  checkpoint_import_fuzz: script(),
  static_import_fuzz: script(),
  word_files_fuzz: script(),
  saved_files_fuzz: script(),
  // Behind the importer, of whose files it makes its own.
  gguf_load_fuzz: native("tests/fuzz/models", "tests/fuzz/corpus/model", "build/fuzz/checkpoint_import_fuzz/models"),
  tokenizer_load_fuzz: native("tests/fuzz/tokenizers", "tests/fuzz/corpus/load"),
  tokenizer_encode_fuzz: native("tests/fuzz/corpus/encode"),
  index_restore_fuzz: native("tests/fuzz/corpus/index"),
  graph_restore_fuzz: native("tests/fuzz/corpus/graph"),
};

async function main() {
  const { values, positionals } = parseArgs({
    options: { seconds: { type: "string", default: "60" } },
    allowPositionals: true,
  });
  const seconds = Number(values.seconds);
  if (!(Number.isInteger(seconds) && seconds > 0)) throw new Error("--seconds takes a whole number above 0");
  const unknown = positionals.filter((name) => !(name in targets));
  if (unknown.length > 0) throw new Error(`unknown targets ${unknown}; there are ${Object.keys(targets).join(", ")}`);
  const chosen = Object.entries(targets).filter(([name]) => positionals.length === 0 || positionals.includes(name));

  setup("test");
  if (chosen.some(([, target]) => target.run === runScript)) await build();
  if (chosen.some(([, target]) => target.run === runNative)) await buildNative();
  const results = [];
  for (const [name, target] of chosen) {
    process.stdout.write(`\n== ${name}\n`);
    for (const folder of ["corpus", "findings"]) mkdirSync(path.join(workFolder(name), folder), { recursive: true });
    results.push({ name, ...(await target.run(name, seconds, target.seeds)) });
  }

  process.stdout.write("\n== Summary\n");
  for (const { name, runs, passed } of results) {
    process.stdout.write(`${name.padEnd(30)} ${runs} runs, ${passed ? "nothing found" : "see its findings:"}\n`);
    if (passed) continue;
    for (const file of findingsOf(name)) process.stdout.write(`  build/fuzz/${name}/findings/${file}\n`);
  }
  process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
}

function buildNative() {
  process.stdout.write("compiling\n");
  const options = { env: { ...process.env, ...toolEnvironment() }, stdio: "pipe", encoding: "utf8" };
  return withBuildLock(() => {
    run("cmake", ["--preset", "native-fuzz", "--log-level=WARNING"], options);
    run("cmake", ["--build", "--preset", "native-fuzz", "--", "--quiet"], options);
  });
}

/** An input that merely took long is no fault. */
function findingsOf(name) {
  return readdirSync(path.join(workFolder(name), "findings")).filter((file) => !file.startsWith("slow-unit"));
}

/** libFuzzer stops at the first finding. @returns {{ runs: number, passed: boolean }} */
function runNative(name, seconds, seeds) {
  const program = path.join(root, "build/native-fuzz", name);
  const folder = workFolder(name);
  const known = seeds.map((seed) => path.join(root, seed)).filter((seed) => existsSync(seed));
  const { stderr, status } = spawnSync(
    program,
    [
      `-max_total_time=${seconds}`,
      `-timeout=${kMostSeconds}`,
      `-rss_limit_mb=${kMostMegabytes}`,
      `-artifact_prefix=${folder}/findings/`,
      "-print_final_stats=1",
      path.join(folder, "corpus"),
      path.join(folder, "findings"),
      ...known,
    ],
    {
      env: { ...process.env, ...toolEnvironment(), UBSAN_OPTIONS: "halt_on_error=1:print_stacktrace=1" },
      stdio: ["ignore", "inherit", "pipe"],
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  const runs = /^stat::number_of_executed_units:\s*(\d+)$/m.exec(stderr);
  if (!runs || status !== 0) process.stdout.write(stderr.slice(-10000));
  return { runs: Number(runs?.[1] ?? 0), passed: status === 0 && runs !== null };
}

/** A target in JavaScript, whose `current` file is the input that ended the process, or hangs. @returns as runNative */
async function runScript(name, seconds) {
  const folder = workFolder(name);
  const current = path.join(folder, "current");
  const log = path.join(folder, "runs.json");
  for (const file of [current, log]) rmSync(file, { force: true });
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${kMostMegabytes}`, path.join(root, `tests/fuzz/${name}.mjs`), folder, String(seconds)],
    { stdio: "inherit" },
  );
  const watch = setInterval(() => {
    const since = existsSync(current) ? Date.now() - statSync(current).mtimeMs : 0;
    if (since > 1000 * kMostSeconds) child.kill("SIGKILL");
  }, 1000);
  const status = await new Promise((resolve) => child.once("exit", resolve));
  clearInterval(watch);
  if (existsSync(current)) {
    process.stdout.write("the last input ended the run, or hangs\n");
    copyFileSync(current, path.join(folder, "findings", `last-${Date.now()}`));
  }
  return { runs: existsSync(log) ? JSON.parse(readFileSync(log, "utf8")).runs : 0, passed: status === 0 };
}

await runMain(main);
