// The page of options leaves none out: what it lists, as built, against the declarations that the package is published
// with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { entries } from "../../docs/site/entries.mjs";
import { root } from "../js/helpers.mjs";
import { filesIn } from "./files_in.mjs";

// As types.d.cts and the like; those of ES modules name these.
const dist = path.join(root, "dist");
const declarations = Object.fromEntries(
  filesIn(dist)
    .filter((name) => name.endsWith(".d.cts"))
    .map((name) => [name, readFileSync(path.join(dist, name), "utf8")]),
);

/** Names of the option types that the entries of the reference export. */
function exported() {
  const names = Object.keys(entries).flatMap((entry) => {
    const name = entry === "kinvec" ? "index" : entry.replace("kinvec/", "");
    const [, list] = /^export \{(.*)\};$/m.exec(declarations[`${name}.d.cts`]);
    return list.match(/\b[A-Z]\w*Options\b/g) ?? [];
  });
  return [...new Set(names)].filter((name) => name !== "KinvecErrorOptions").sort();
}

/** Names of the options of an interface, those that it inherits too. */
function optionsOf(name) {
  const pattern = new RegExp(`^interface ${name}(?:<[^{]*>)?(?: extends ([^{]+))? \\{\n([\\s\\S]*?)^\\}`, "m");
  const found = pattern.exec(Object.values(declarations).join("\n"));
  assert.ok(found, `no declaration of ${name}`);
  const [, base, body] = found;
  const own = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, option]) => option);
  const [, picked] = /^Pick<\w+, (.*)>$/.exec(base ?? "") ?? [];
  if (picked) return [...own, ...picked.match(/\w+/g)];
  return [...own, ...(base ? optionsOf(base) : [])];
}

describe("the page of options", () => {
  const page = readFileSync(path.join(process.env.KINVEC_DOCS_DIR, "options.html"), "utf8");
  const tables = page
    .split("<tbody>")
    .slice(1)
    .map((table) => {
      const rows = table.split("</tbody>")[0].match(/<tr>[\s\S]*?<\/tr>/g);
      return rows.map((row) => ({
        option: /<code[^>]*>(\w+)<\/code>/.exec(row)[1],
        meaning: row.match(/<td[^>]*>[\s\S]*?<\/td>/g)[2].replace(/<[^>]+>/g, ""),
      }));
    });

  it("has a table for every type of options that is exported, and no other", () => {
    assert.equal(tables.length, exported().length);
  });

  for (const name of exported()) {
    it(`lists all of ${name}, each with its meaning`, () => {
      const expected = optionsOf(name).sort();
      assert.ok(expected.length > 0);
      const lists = tables.map((rows) => rows.map(({ option }) => option).sort());
      const at = lists.findIndex((list) => list.join() === expected.join());
      assert.ok(at >= 0, `no table has ${expected.join(", ")}`);
      for (const { option, meaning } of tables[at]) assert.ok(meaning.length > 10, `${option}: ${meaning}`);
    });
  }
});
