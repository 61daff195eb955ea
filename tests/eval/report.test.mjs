// What is committed of the evaluation says what its results say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import { plots, report, tables } from "../../eval/lib/report.mjs";
import { root } from "../../tools/lib/project.mjs";

const read = (name) => readFileSync(path.join(root, name), "utf8");
const results = JSON.parse(read("eval/results.json"));

describe("the committed evaluation", () => {
  it("has the report of its results", () => {
    assert.equal(read("eval/results.md"), report(results));
  });

  it("has the plots of its results, and the page shows them", () => {
    const page = read("docs/site/quality.md");
    const drawn = plots(results);
    assert.equal(Object.keys(drawn).length, 4);
    for (const [name, svg] of Object.entries(drawn)) {
      assert.equal(read(`docs/site/diagrams/${name}.svg`), svg, name);
      assert.match(page, new RegExp(`<DiagramFigure name="${name}">`));
    }
  });

  it("has a table for each that the page includes", () => {
    const included = [...read("docs/site/quality.md").matchAll(/partials\/quality-(\w+)\.md/g)].map(([, name]) => name);
    assert.deepEqual(included.sort(), Object.keys(tables(results)).sort());
  });

  it("says what was reached: all aims but that after a change", () => {
    const reached = tables(results)
      .summary.split("\n")
      .slice(2)
      .map((row) => / (\w+) \|$/.exec(row)[1]);
    assert.deepEqual(reached, ["yes", "yes", "yes", "yes", "yes", "no", "yes", "yes"]);
  });
});
