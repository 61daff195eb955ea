// The examples of the README that need other packages, or a server, run as well.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { ExampleProject, titleOf } from "../common/examples.mjs";
import { otherExamples, servers } from "../common/readme.mjs";
import { linkPackages } from "./packages.mjs";

const kPort = /\b8080\b/; // the README's, which another program may have taken
let project;
let port;
let server;

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address();
  probe.close();
  await once(probe, "close");
  return free;
}

before(async () => {
  project = new ExampleProject();
  linkPackages(project.folder);
  port = await freePort();
  assert.equal(servers.length, 1);
  // The shell gives way to the program, so that the signal reaches it.
  const command = servers[0].code.replace(kPort, port).replace("npx kinvec", "exec node_modules/.bin/kinvec");
  server = spawn("sh", ["-e", "-c", command], { cwd: project.folder, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(server.stdout, "data");
  assert.match(`${line}`, new RegExp(`at http://127\\.0\\.0\\.1:${port}\n$`));
});
after(async () => {
  server.kill();
  assert.deepEqual(await once(server, "exit"), [0, null]);
  project.remove();
});

describe("the README", () => {
  it("has an example of every adapter, and of the server", () => {
    assert.ok(otherExamples.length >= 5);
  });

  for (const { heading, code } of otherExamples) {
    it(`under "${heading}" has an example that runs: ${titleOf(code)}`, () => project.check(code.replace(kPort, port)));
  }
});
