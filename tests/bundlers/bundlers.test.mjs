// The packed package through every popular bundler: small projects as a user would write them are built, and run the
// smoke suite in Chromium. What ran where is written to build/environments/bundlers.json for the table of environments.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { callGlobal, engines, waitFor } from "../browser/engines.mjs";
import { addModel, makeProject, runScript } from "./project.mjs";
import { startServer } from "./servers.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = path.join(here, "../..");
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;

/**
 * The projects, and in what ways each is run.
 * - `uses`: the bundler's package; `title`: what is special
 * - `base`: the project that it is made from
 * - `page`: folder of the built page, served as files
 * - `server`: a program that serves the page itself
 * - `handler`: the server answers by the package too
 * - `search`: kinvec/search is imported beside the package
 * - `inline`: the binary is in the script, and there are no workers
 */
const projects = [
  { name: "vite", uses: "vite", title: "Vite", page: "dist", server: "vite --strictPort", search: true },
  { name: "vite7", uses: "vite", title: "Vite 7", page: "dist", server: "vite --strictPort", search: true },
  { name: "webpack", uses: "webpack", title: "webpack", page: "." },
  { name: "webpack-require", uses: "webpack", title: "webpack, require()", page: "." },
  { name: "rspack", uses: "@rspack/core", title: "Rspack", page: "." },
  { name: "rollup", uses: "rollup", title: "Rollup", page: "." },
  { name: "esbuild", uses: "esbuild", title: "esbuild, module", page: "." },
  { name: "esbuild-iife", uses: "esbuild", title: "esbuild, classic script", page: "." },
  { name: "parcel", uses: "parcel", title: "Parcel", page: "dist", search: true },
  { name: "vite-inline", uses: "vite", title: "Vite, kinvec/inline", page: "dist", inline: true },
  { name: "esbuild-inline", uses: "esbuild", title: "esbuild, kinvec/inline", page: ".", inline: true },
  { name: "next", uses: "next", title: "Next.js", server: "next start", handler: true },
  {
    name: "next-webpack",
    base: "next",
    uses: "next",
    title: "Next.js by webpack",
    server: "next start",
    handler: true,
  },
];

const results = [];
let browser;
let folder;
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-bundlers-"));
  browser = await engines.chromium();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(root, "build/environments"), { recursive: true });
  const lines = results.map((result) => `${JSON.stringify(result)}\n`);
  writeFileSync(path.join(root, "build/environments/bundlers.json"), lines.join(""));
});

for (const { name, base, uses, title, page, server, handler, ...expected } of projects) {
  describe(title, () => {
    let project;
    before(() => {
      project = makeProject(name, folder, packageFolder, base);
      const manifest = () => readFileSync(path.join(project, "package.json"), "utf8");
      const written = manifest();
      runScript(project, "build");
      assert.equal(manifest(), written, "the bundler installed something for Node.js that it found in the package");
    });

    if (page) {
      it("builds a page that works", () =>
        recorded({ title, version: versionOf(project, uses) }, async () => {
          const files = await serve({ "/": path.join(project, page), "/models/": path.join(root, "models") });
          try {
            return await useInPage(files.origin, expected);
          } finally {
            await files.close();
          }
        }));
    }

    if (server) {
      const inServer = page ? `${title}, development server` : title;
      it(`serves a page that works (${server})`, () =>
        recorded({ title: inServer, version: versionOf(project, uses) }, () =>
          withServer(project, server, (origin) => useInPage(origin, expected)),
        ));
    }

    if (handler) {
      it("answers from a route handler", () =>
        recorded({ title: `${title}, route handler`, version: versionOf(project, uses) }, () =>
          withServer(project, server, useOnServer),
        ));
    }
  });
}

/** Has a route handler run the suite, in the server's thread and in a worker. */
async function useOnServer(origin) {
  const ask = async (options) => {
    const response = await fetch(`${origin}/api/smoke`, { method: "POST", body: JSON.stringify(options) });
    assert.equal(response.status, 200);
    return response.json();
  };
  return joined(await ask({}), await ask({ workers: 1 }));
}

/** Runs the suite in the page and in a worker. */
async function useInPage(origin, { inline = false, search = false }) {
  browser.errors.length = 0;
  browser.requests.length = 0;
  await browser.open(`${origin}/`);
  await waitFor(browser, () => "runSmoke" in globalThis);
  const inPage = await callGlobal(browser, "runSmoke", {});
  const inWorker = inline ? undefined : await callGlobal(browser, "runSmoke", { workers: 1 });
  if (inline) await assert.rejects(callGlobal(browser, "runSmoke", { workers: 1 }), /no worker can be started/);
  if (search) assert.equal(await browser.evaluate(nearest), "b");
  assert.deepEqual(browser.errors, []);
  await checkRequests(origin, { inline });
  // Left before its server ends, which Vite's client would look for.
  await browser.open("about:blank");
  return joined(inPage, inWorker);
}

/** Runs in the page. */
async function nearest() {
  const index = await globalThis.openIndex({ dimensions: 2 });
  index.add(
    ["a", "b"],
    [
      [1, 0],
      [0, 1],
    ],
  );
  return index.search([0, 1])[0].id;
}

/** What the page fetched: nothing from elsewhere, its own code once, and none of Node.js. */
async function checkRequests(origin, { inline }) {
  const addresses = [...new Set(browser.requests)].filter((url) => !url.startsWith("data:"));
  assert.deepEqual(
    addresses.filter((url) => !url.startsWith(`${origin}/`)),
    [],
  );
  const binaries = addresses.filter((url) => new URL(url).pathname.endsWith(".wasm"));
  assert.equal(binaries.length === 0, inline, binaries.join());
  const scripts = addresses.filter((url) => /\.m?js$/.test(new URL(url).pathname));
  const texts = await Promise.all(scripts.map(async (url) => (await fetch(url)).text()));
  const holding = (pattern) => scripts.filter((_, i) => pattern.test(texts[i]));
  assert.deepEqual(holding(/["'`]node:(fs|os|url|path|timers|worker_threads)\b/), []);
  assert.equal(holding(/no worker can be started from here/).length, 1, "the page's code comes once");
}

async function withServer(project, command, use) {
  addModel(project);
  const server = await startServer(project, command);
  try {
    return await use(server.origin);
  } finally {
    await server.close();
  }
}

/** One result of two runs of the suite, here and in a worker. */
function joined(here, inWorker) {
  const more = inWorker?.checks.map((check) => `${check} (worker)`) ?? [];
  return { binary: here.binary, checks: [...here.checks, ...more] };
}

async function recorded({ title, version }, run) {
  const result = { group: "bundlers", environment: title, version, binary: "", checks: [], passed: false };
  results.push(result);
  Object.assign(result, await run(), { passed: true });
}

function versionOf(project, name) {
  return JSON.parse(readFileSync(path.join(project, "node_modules", name, "package.json"), "utf8")).version;
}
