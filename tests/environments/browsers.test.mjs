// The smoke suite in every kind of page and worker, in three browser engines.

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/lib/static_server.mjs";
import { engines, waitFor } from "../browser/engines.mjs";
import { headers, pageEnvironments } from "./page_environments.mjs";
import { resultsOf } from "./results.mjs";
import { writeSuite } from "./suite_script.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const packageFolder = process.env.KINVEC_PACKAGE_DIR ?? root;
const record = resultsOf("browsers");
const reports = [];
const servers = {};
let reportServer;
let site;

before(async () => {
  // Scripts without modules, as a site would keep them.
  site = mkdtempSync(path.join(tmpdir(), "kinvec-site-"));
  copyFileSync(path.join(packageFolder, "dist/inline.cjs"), path.join(site, "kinvec.js"));
  await writeSuite(path.join(site, "smoke.js"));
  // Browsers report here what a policy forbids, also in workers, whose events no page sees.
  reportServer = createServer((request, response) => {
    request.on("data", (data) => reports.push(String(data))).on("end", () => response.writeHead(204).end());
  });
  await new Promise((resolve) => reportServer.listen(0, "127.0.0.1", resolve));
  for (const name of Object.keys(headers)) servers[name] = await serveWith(headers[name]);
});
after(async () => {
  for (const server of Object.values(servers)) await server.close();
  reportServer.close();
  reportServer.closeAllConnections();
  rmSync(site, { recursive: true });
});

function serveWith({ "Content-Security-Policy": policy, ...others }) {
  const mounts = {
    "/": path.join(root, "tests/environments/pages"),
    "/site/": site,
    "/package/": packageFolder,
    "/models/": path.join(root, "models"),
    "/tests/": path.join(root, "tests"),
  };
  const address = `http://localhost:${reportServer.address().port}/`;
  return serve(mounts, {
    headers: { ...others, ...(policy && { "Content-Security-Policy": `${policy}; report-uri ${address}` }) },
  });
}

/** What policies have forbidden since `reports` was emptied, but for the icon that browsers ask for by themselves. */
async function violations(call) {
  const reported = reports.map((text) => {
    const { "effective-directive": directive, "blocked-uri": blocked } = JSON.parse(text)["csp-report"];
    return `${directive} ${blocked}`;
  });
  return [...(await call("violations")), ...reported].filter((line) => !line.endsWith("/favicon.ico"));
}

for (const [name, launch] of Object.entries(engines)) {
  describe(name, () => {
    let browser;
    before(async () => {
      browser = await launch();
    });
    after(() => browser?.close());

    async function open(server, page) {
      reports.length = 0;
      await browser.open(`${server.origin}/${page}`);
      await waitFor(browser, () => "hosts" in globalThis);
    }

    const call = (host, ...args) => browser.evaluate((host, args) => globalThis.hosts[host](...args), host, args);

    const where = (environment) => {
      const [engine, version] = browser.version.split(" ");
      return { group: `${engine[0].toUpperCase()}${engine.slice(1)}`, environment, version };
    };

    for (const { environment, server = "plain", page = "module.html", call: called } of pageEnvironments) {
      it(environment, () =>
        record(where(environment), async () => {
          await open(servers[server], page);
          const { binary, checks } = await call(...called);
          if (server === "strict") {
            assert.deepEqual(await violations(call), []);
            checks.push("no violation of the policy");
          }
          if (server === "isolated") {
            assert.equal(await browser.evaluate(() => globalThis.crossOriginIsolated), true);
            checks.push("isolated");
          }
          return { binary, checks };
        }),
      );
    }

    it("offline after the first visit", () =>
      record(where("offline after the first visit"), async () => {
        const server = await serveWith({});
        await open(server, "offline.html");
        assert.equal(await call("ready"), true);
        await server.close();
        await browser.setOffline?.(true);
        await open(server, "offline.html");
        const result = await call("page", { workers: 1 });
        await browser.setOffline?.(false);
        return result;
      }));

    // Proves that violations do come to be known. WebKit refuses as well, but tells nobody.
    it("a policy without 'wasm-unsafe-eval' forbids the package, which says so", async () => {
      await open(servers["no WebAssembly"], "module.html");
      for (const options of [{}, { workers: 1 }]) {
        const { code, message } = await call("loadError", options);
        assert.equal(code, "FETCH_FAILED");
        assert.match(message, /could not be (loaded|started): .*(Content Security Policy|CSP)/);
      }
      const violated = new Set(await violations(call));
      assert.deepEqual([...violated], name === "webkit" ? [] : ["script-src wasm-eval"]);
    });
  });
}
