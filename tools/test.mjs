// `npm test`: brings what is needed, builds, and runs every test: C++ under the sanitizers, the packed npm package in
// two versions of Node.js and with both binaries, the package and the demo in three browser engines, and a smoke suite in
// every environment there is.
// `npm test -- cpp node24` runs only the named sections.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "./build.mjs";
import { adaptersSection } from "./lib/adapters_section.mjs";
import { bundlersSection } from "./lib/bundlers_section.mjs";
import { docsSection } from "./lib/docs_section.mjs";
import { environmentsSection } from "./lib/environments_section.mjs";
import { runMain, setup } from "./lib/project.mjs";
import { storageSection } from "./lib/storage_section.mjs";
import {
  browserSection,
  choosesBinary,
  cppSection,
  demoSection,
  engineSection,
  evalSection,
  installPacked,
  nodeSection,
} from "./lib/test_sections.mjs";

const sections = {
  cpp: { title: "C++ under AddressSanitizer and UndefinedBehaviorSanitizer", run: () => cppSection() },
  node20: { title: "npm package in Node.js 20", run: () => nodeSection(packed, 20) },
  node24: {
    title: "npm package in Node.js 24, tokenizers on all texts",
    run: () => nodeSection(packed, 24, { env: { KINVEC_TEST_TOKENIZERS: "all" } }),
  },
  simd128: {
    title: "npm package in Node.js 24, SIMD128 binary",
    run: () => nodeSection(packed, 24, { env: { KINVEC_TEST_BINARY: "simd128" }, chosen: choosesBinary }),
  },
  engines: { title: "Choice of the binary", run: () => engineSection(packed) },
  adapters: { title: "Adapters with the packages they are for, kinvec serve", run: () => adaptersSection(packed) },
  storage: { title: "Vectors in SQLite and Postgres", run: () => storageSection(packed) },
  browser: { title: "npm package in Chromium, Firefox and WebKit", run: () => browserSection(packed) },
  bundlers: { title: "npm package through bundlers, in Chromium", run: () => bundlersSection(packed) },
  environments: { title: "npm package in every environment", run: () => environmentsSection(packed) },
  eval: { title: "Evaluation", run: () => evalSection() },
  demo: { title: "Demo page", run: () => demoSection(packed) },
  docs: { title: "Documentation site", run: () => docsSection(packed) },
};

const chosen = process.argv.slice(2);
let packed;

async function main() {
  const unknown = chosen.filter((name) => !(name in sections));
  if (unknown.length > 0) throw new Error(`unknown sections ${unknown}; there are ${Object.keys(sections).join(", ")}`);
  setup("test");
  await build();
  const folder = mkdtempSync(path.join(tmpdir(), "kinvec-test-"));
  try {
    packed = installPacked(folder);
    const results = [];
    for (const [name, { title, run }] of Object.entries(sections)) {
      if (chosen.length > 0 && !chosen.includes(name)) continue;
      process.stdout.write(`\n== ${title}\n`);
      results.push({ title, ...(await attempt(run)) });
    }
    summarise(results);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A section that breaks, or that runs nothing, is a failure like any other. */
async function attempt(run) {
  const started = performance.now();
  let counts;
  try {
    counts = await run();
    if (counts.passed + counts.failed === 0) throw new Error("no test was executed");
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  return { ...counts, seconds: (performance.now() - started) / 1000 };
}

function summarise(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  process.stdout.write("\n== Summary\n");
  for (const { title, passed, failed, skipped, repeated = 0, seconds } of results) {
    const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    const twice = repeated > 0 ? `, ${repeated} ${repeated === 1 ? "file" : "files"} at the second try` : "";
    process.stdout.write(`${title.padEnd(60)} ${counts}${twice} (${seconds.toFixed(0)} s)\n`);
  }
  const skipped = total("skipped");
  process.stdout.write(
    `\ntests: ${total("passed")} passed, ${total("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}\n`,
  );
  process.exitCode = total("failed") === 0 && total("passed") > 0 ? 0 : 1;
}

await runMain(main);
