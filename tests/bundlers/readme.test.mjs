// What the README says about bundlers is what the projects here have.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const read = (name) => readFileSync(path.join(here, name), "utf8");
const readme = read("../../README.md");
const projects = readdirSync(here, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== "node_modules",
);

describe("the README on bundlers", () => {
  const [, section] = /^## With a bundler\n([\s\S]*?)^## /m.exec(readme);
  const snippets = [...section.matchAll(/^```(?:js|json) (\S+)\n([\s\S]*?)^```$/gm)];

  for (const [, file, code] of snippets) {
    it(`shows lines that ${file} has`, () => assert.ok(read(file).includes(code), code));
  }

  it("shows every configuration", () => {
    const configurations = projects.flatMap(({ name }) =>
      readdirSync(path.join(here, name)).filter((file) => file.includes(".config.")),
    );
    for (const file of configurations) {
      assert.ok(
        snippets.some(([, shown]) => path.basename(shown) === file),
        file,
      );
    }
  });

  it("names versions and commands as they are tested", () => {
    const rows = [...readme.matchAll(/^\| \[.+?\]\(tests\/bundlers\/(\S+?)\) +\| (\S+) +\| `(.+?)` +\|/gm)];
    assert.ok(rows.length > 0);
    for (const [, name, version, command] of rows) {
      const { scripts, dependencies, devDependencies } = JSON.parse(read(`${name}/package.json`));
      assert.equal(scripts.build, command, name);
      assert.ok(Object.values({ ...dependencies, ...devDependencies }).includes(version), `${name} ${version}`);
    }
  });

  it("links to every project", () => {
    for (const { name } of projects) assert.ok(readme.includes(`](tests/bundlers/${name})`), name);
  });
});
