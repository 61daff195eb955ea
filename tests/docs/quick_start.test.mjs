// The programs of the quick starts, and the pages of the guides, run. Bundlers and runtimes that take much to install
// have their own tests, of projects with the same settings; here are Node.js, pages, workers, and the bundlers that the
// site itself is built with.

import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { site } from "../../docs/site/make/places.mjs";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines } from "../browser/engines.mjs";
import { blocks, ExampleProject, packageFolder } from "../common/examples.mjs";
import { modelFile, root } from "../js/helpers.mjs";

const kSimilarity = /^Similarity 0\.[4-9]\d/;
let project;
let browser;

before(async () => {
  project = new ExampleProject();
  browser = await engines.chromium();
});
after(async () => {
  await browser?.close();
  project?.remove();
});

/** The files of an example among those of the project. */
function place(name) {
  cpSync(path.join(site, "examples", name), project.folder, { recursive: true });
}

/** Opens a page of a folder and waits for what it answers. */
function answerOf(given) {
  return withPage(given, settledAnswer);
}

async function withPage({ folder = ".", page = "index.html", headers = {} }, action) {
  const server = await serve(
    {
      "/": path.join(project.folder, folder),
      "/node_modules/kinvec/": packageFolder,
      "/models/": path.dirname(modelFile),
    },
    { headers },
  );
  try {
    project.write(path.join(folder, "favicon.ico"), ""); // every browser asks for one
    await browser.open(`${server.origin}/${page}`);
    return await action();
  } finally {
    await server.close();
  }
}

/** Waits for this many lines in the list of a page, and answers their texts. */
async function linesOf(count) {
  await browser.page.waitForFunction((wanted) => document.querySelectorAll("#list li").length === wanted, count);
  return browser.page.$$eval("#list li", (lines) => lines.map(({ textContent }) => textContent));
}

async function settledAnswer() {
  await browser.page.waitForFunction(() => /Similarity/.test(document.querySelector("#answer").textContent));
  assert.deepEqual(browser.errors, []);
  return browser.page.textContent("#answer");
}

function runs(program, ...args) {
  const { status, stdout, stderr } = project.spawn(program, ...args);
  assert.equal(status, 0, stderr);
  return stdout;
}

function commandsOf(page) {
  const markdown = readFileSync(path.join(site, `quick-start/${page}.md`), "utf8");
  return [...blocks(markdown, "sh")].map(({ code }) => code).join("");
}

const tool = (name) => path.join(site, "node_modules/.bin", name);

describe("the programs of the quick starts", () => {
  for (const name of ["first.mjs", "first.cjs"]) {
    it(`run in Node.js: ${name}`, () => {
      place("node");
      assert.match(runs(process.execPath, name), kSimilarity);
    });
  }

  for (const name of ["page", "worker", "service-worker", "kept-index"]) {
    it(`run in a browser: ${name}`, async () => {
      place(name);
      assert.match(await answerOf({}), kSimilarity);
    });
  }

  it("recommend articles after one click, and forget", async () => {
    place("recommendations");
    runs(process.execPath, "build.mjs");
    await withPage({}, async () => {
      const choices = await linesOf(5);
      assert.ok(choices.every((line) => !line.includes("because")));
      const [topic] = choices;
      await browser.page.click(`text=${topic}`);
      await browser.page.waitForFunction(() => /because/.test(document.querySelector("#list").textContent));
      const [first, ...others] = await linesOf(5);
      assert.ok(first.endsWith(` because you read ${topic}`) && !first.startsWith(topic));
      await browser.page.reload();
      assert.deepEqual(await linesOf(5), [first, ...others]);
      await browser.page.click("#forget");
      assert.deepEqual(await linesOf(5), choices);
    });
  });

  it("run as the popup of an extension, under its policy", async () => {
    place("extension");
    project.write("kinvec/.keep", "");
    runs("bash", "-e", "-c", commandsOf("extension"));
    const manifest = JSON.parse(readFileSync(path.join(project.folder, "manifest.json"), "utf8"));
    const headers = { "Content-Security-Policy": manifest.content_security_policy.extension_pages };
    assert.match(await answerOf({ page: "popup.html", headers }), kSimilarity);
  });

  it("run after esbuild, with the files that its script copies", async () => {
    place("bundler");
    cpSync(path.join(root, "tests/bundlers/esbuild/build.mjs"), path.join(project.folder, "build.mjs"));
    project.write("node_modules/esbuild/package.json", '{ "type": "module", "exports": "./index.mjs" }');
    const esbuild = pathToFileURL(path.join(site, "node_modules/esbuild/lib/main.js"));
    project.write("node_modules/esbuild/index.mjs", `export { build } from "${esbuild}";`);
    runs(process.execPath, "build.mjs");
    const page = readFileSync(path.join(site, "quick-start/esbuild.md"), "utf8");
    const [, html] = /^```html \[index.html\]\n([\s\S]*?)^```/m.exec(page);
    project.write("index.html", html);
    assert.match(await answerOf({}), kSimilarity);
  });

  it("run after Vite, which needs no settings", async () => {
    place("bundler");
    runs(tool("vite"), "build", "--target", "es2022", "--outDir", "built-by-vite");
    assert.match(await answerOf({ folder: "built-by-vite" }), kSimilarity);
  });

  it("run from a disk, as one file", async () => {
    place("inline");
    runs("sh", "-e", "-c", commandsOf("inline"));
    await browser.open(pathToFileURL(path.join(project.folder, "index.html")).href);
    await browser.page.setInputFiles("#file", modelFile);
    assert.match(await settledAnswer(), kSimilarity);
  });
});
