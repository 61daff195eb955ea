// The README's page and workers run as they stand, the page also under the strict policy that it recommends.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines } from "./engines.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const readme = readFileSync(path.join(root, "README.md"), "utf8");
const [, page] = /^```html\n([\s\S]*?)^```$/m.exec(readme);
const [, script] = /<script type="module">\n([\s\S]*?)<\/script>/.exec(page);
// The policy allows no inline script, so the strict page has the same script in a file.
const policy = /`(script-src [^`]+)`/.exec(readme)[1];
const strictPage = page
  .replace(/<script[\s\S]*<\/script>/, '<script type="module" src="app.mjs"></script>')
  .replace("<title>", `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${policy}"><title>`);
// Scripts of workers, by the names in their code blocks' first lines.
const workers = [...readme.matchAll(/^```js (\w+\.m?js)\n([\s\S]*?)^```$/gm)].map(([, name, text]) => ({ name, text }));
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;

let folder;
let server;
let browser;

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "kinvec-page-"));
  writeFileSync(path.join(folder, "index.html"), page);
  writeFileSync(path.join(folder, "strict.html"), strictPage);
  writeFileSync(path.join(folder, "app.mjs"), script);
  for (const { name, text } of workers) writeFileSync(path.join(folder, name), text);
  copyFileSync(path.join(packageFolder, "dist/inline.cjs"), path.join(folder, "kinvec.js"));
  writeFileSync(path.join(folder, "favicon.ico"), ""); // every browser asks for one
  server = await serve({
    "/": folder,
    "/node_modules/kinvec/": packageFolder,
    "/models/": path.join(root, "models"),
  });
  browser = await engines.chromium();
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

describe("the page of the README", () => {
  for (const name of ["index.html", "strict.html"]) {
    it(`shows a similarity (${name})`, async () => {
      await browser.open(`${server.origin}/${name}`);
      await browser.page.waitForFunction(() => /Similarity/.test(document.querySelector("#answer").textContent));
      const text = await browser.page.textContent("#answer");
      assert.ok(Number(text.replace("Similarity ", "")) > 0.4, text);
      assert.deepEqual(browser.errors, []);
    });
  }
});

/** Sends a text to a worker of either kind and answers the length of the vector that comes back. */
async function askWorker(name) {
  const isServiceWorker = name.startsWith("service");
  const target = isServiceWorker ? navigator.serviceWorker : new Worker(name);
  const answered = new Promise((resolve, reject) => {
    target.onmessage = ({ data: [vector] }) => resolve(vector.length);
    target.onerror = ({ message }) => reject(new Error(message));
  });
  if (isServiceWorker) {
    await target.register(name, { type: "module" });
    (await target.ready).active.postMessage("a red fox");
  } else target.postMessage("a red fox");
  return answered;
}

describe("the workers of the README", () => {
  it("are of three kinds", () => {
    assert.deepEqual(workers.map(({ name }) => name).sort(), [
      "classic_worker.js",
      "script_worker.js",
      "service_worker.mjs",
    ]);
  });

  for (const { name } of workers) {
    it(`answer with a vector (${name})`, async () => {
      await browser.open(`${server.origin}/index.html`);
      assert.equal(await browser.evaluate(askWorker, name), 384);
    });
  }
});
