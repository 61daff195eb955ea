// The smoke suite in Node.js, Jest, Deno and Bun, in projects outside the tree that hold the packed package.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { nodeProgram } from "../../tools/lib/node_test.mjs";
import { serve } from "../../tools/lib/static_server.mjs";
import { jestEnvironments, programEnvironments } from "./program_environments.mjs";
import { resultsOf } from "./results.mjs";
import { bun, deno, jest } from "./runtimes.mjs";
import { writeSuite } from "./suite_script.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;
const model = path.join(root, "models/all-MiniLM-L6-v2.q8.gguf");
const record = resultsOf("programs");

const runtimes = [
  ...[20, 22, 24].map((major) => ({ group: `Node.js ${major}`, kind: "node", find: () => nodeProgram(major) })),
  { group: "Deno", kind: "deno", find: deno },
  { group: "Bun", kind: "bun", find: bun },
];

const folder = mkdtempSync(path.join(tmpdir(), "kinvec-programs-"));
let server;

before(async () => {
  for (const type of ["module", "commonjs"]) makeProject(type);
  await writeSuite(path.join(folder, "commonjs/environments/smoke.cjs"));
  server = await serve({ "/package/": packageFolder, "/models/": path.join(root, "models") });
});
after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A project of that type which has the package, the suite and nothing else. */
function makeProject(type) {
  const project = path.join(folder, type);
  const installed = path.join(project, "node_modules/kinvec");
  mkdirSync(installed, { recursive: true });
  const manifest = { name: `kinvec-${type}`, private: true, type, dependencies: { kinvec: "*" } };
  writeFileSync(path.join(project, "package.json"), JSON.stringify(manifest));
  for (const name of ["package.json", "dist"]) {
    cpSync(path.join(packageFolder, name), path.join(installed, name), { recursive: true });
  }
  cpSync(path.join(root, "tests/common/same_bits.mjs"), path.join(project, "common/same_bits.mjs"));
  cpSync(path.join(root, "tests/environments/smoke.mjs"), path.join(project, "environments/smoke.mjs"));
}

/** Copies a program into its project; answers where it lies. */
function place({ project, program, as = program }) {
  const file = path.join(folder, project, as);
  cpSync(path.join(root, "tests/environments/programs", program), file);
  return file;
}

async function run(runtime, args, cwd, env = {}) {
  const { stdout } = await promisify(execFile)(runtime, args, {
    cwd,
    timeout: 120_000, // ms; what takes longer hangs
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      NODE_TEST_CONTEXT: undefined,
      NO_COLOR: "1",
      DENO_NO_UPDATE_CHECK: "1",
      ...env,
    },
  });
  return stdout;
}

const addresses = {
  file: () => [pathToFileURL(model).href, `${pathToFileURL(packageFolder).href}/dist/`],
  http: () => [`${server.origin}/models/${path.basename(model)}`, `${server.origin}/package/dist/`],
};

for (const { group, kind, find } of runtimes) {
  describe(group, () => {
    let runtime;
    let version;
    before(async () => {
      runtime = find();
      version = /\d+\.\d+\.\d+/.exec(await run(runtime, ["--version"], folder))[0];
    });

    for (const { environment, flags, dist, options = {}, ...program } of programEnvironments[kind]) {
      it(environment, () =>
        record({ group, environment, version }, async () => {
          const [source, ...rest] = dist ? addresses[dist]() : [model];
          const args = [...flags, place(program), source, JSON.stringify(options), ...rest];
          return JSON.parse(await run(runtime, args, path.join(folder, program.project)));
        }),
      );
    }

    if (kind === "node") {
      for (const { environment, program, options = {} } of jestEnvironments) {
        it(environment, () =>
          record({ group, environment, version }, async () => {
            const file = place({ project: "commonjs", program });
            const outcome = path.join(folder, "outcome.json");
            rmSync(outcome, { force: true });
            await run(
              runtime,
              [jest, "--rootDir=.", "--no-cache", "--runTestsByPath", file],
              path.join(folder, "commonjs"),
              {
                KINVEC_MODEL: model,
                KINVEC_OPTIONS: JSON.stringify(options),
                KINVEC_OUTCOME: outcome,
              },
            );
            assert.ok(existsSync(outcome), "Jest ran no test");
            return JSON.parse(readFileSync(outcome, "utf8"));
          }),
        );
      }
    }
  });
}
