// Every example of the documentation runs, and prints what it says it prints.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { ERROR_CODES } from "kinvec";
import { pages } from "../../docs/site/make/pages.mjs";
import { site } from "../../docs/site/make/places.mjs";
import { linkPackages } from "../adapters/packages.mjs";
import { blocks, ExampleProject, titleOf } from "../common/examples.mjs";

const read = (page) => readFileSync(path.join(site, page), "utf8");
let project;
let server; // that the example of a client asks
let address;

before(async () => {
  project = new ExampleProject();
  linkPackages(project.folder);
  const [{ code }] = [...blocks(read("guides/command-line.md"), "sh")].filter(({ heading }) => heading === "A server");
  // The shell gives way to the program, so that the signal reaches it.
  const command = code.replace("8080", "0").replace("npx kinvec", "exec node_modules/.bin/kinvec");
  server = spawn("sh", ["-e", "-c", command], { cwd: project.folder, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(server.stdout, "data");
  [, address] = /at (http:\S+)\n/.exec(line);
});
after(async () => {
  server?.kill();
  project?.remove();
});

for (const page of pages()) {
  const examples = [...blocks(read(page), "js")];
  if (examples.length === 0) continue;
  describe(`the examples of ${page}`, () => {
    for (const { heading, code } of examples) {
      it(`run under "${heading}": ${titleOf(code)}`, () => {
        project.check(code.replace("http://127.0.0.1:8080", address));
      });
    }
  });
}

describe("the commands of the documentation", () => {
  for (const page of [
    "guides/command-line.md",
    "guides/convert.md",
    "guides/static-models.md",
    "models.md",
    "quick-start/node.md",
  ]) {
    it(`run as ${page} has them`, () => {
      const commands = [...blocks(read(page), "sh")].flatMap(({ code }) => code.trim().split("\n"));
      const own = commands.filter((command) => /npx kinvec (?!serve)/.test(command)); // which does not end
      assert.ok(own.length > 0);
      for (const command of own) {
        const { status, stderr } = project.spawn("sh", "-e", "-c", command);
        assert.equal(status, 0, `${command}\n${stderr}`);
      }
    });
  }
});

describe("the page of errors", () => {
  const sections = read("errors.md").split(/^## /m).slice(1);

  it("has a section for every code, in the order of the list, and for nothing else", () => {
    assert.deepEqual(
      sections.map((section) => section.split("\n", 1)[0]),
      [...ERROR_CODES],
    );
  });

  for (const section of sections) {
    const [code, , paragraph] = section.split("\n");
    it(`says what ${code} means, and shows it`, () => {
      assert.match(paragraph, /^[A-Z].{60}/);
      const [example] = blocks(section, "js");
      assert.ok(example.code.includes(code), example.code);
    });
  }
});
