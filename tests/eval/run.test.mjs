// `npm run eval` from the data folder to the report, on a folder of the project's own.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { readCranfield } from "../../eval/lib/cranfield.mjs";
import { root } from "../../tools/lib/project.mjs";
import { writeTinyData } from "./tiny_data.mjs";

let data;
before(() => {
  data = writeTinyData();
});
after(() => data.remove());

function evaluate(...args) {
  const env = { ...process.env, KINVEC_CACHE: path.join(data.folder, "cache"), KINVEC_DATA: "" };
  return spawnSync(process.execPath, [path.join(root, "eval/run.mjs"), ...args], { env, encoding: "utf8" });
}

describe("npm run eval", () => {
  it("measures all parts and reports them", () => {
    const only = "--only=films,actors,drift,prequential,cranfield";
    const { status, stdout, stderr } = evaluate(`--data=${data.folder}`, "--people=4", only);
    assert.equal(status, 0, stderr);
    for (const heading of [
      "Summary",
      "Films: NDCG@10",
      "the lists after ten",
      "actors",
      "Drift",
      "Twenty",
      "Cranfield",
    ]) {
      assert.match(stdout, new RegExp(`^## .*${heading}`, "m"), stdout);
    }
    const row = /^\| \*\*Kinvec\*\* \|(.*)\|$/m.exec(stdout)[1].split("|");
    assert.equal(row.length, 6); // after 1, 2, 5, 10, 20 and 50 events
    for (const cell of row) assert.match(cell, /^ \*\*0\.\d{4} ± 0\.\d{4}\*\* $/);
    // Each question shares its words with one abstract.
    assert.match(stdout, /\| both: `fuseRanks` \| 1\.0000 \|/);
  });

  it("says what is missing", () => {
    const none = evaluate();
    assert.equal(none.status, 1);
    assert.match(none.stderr, /^eval: no data folder: give one with --data=DIR or in KINVEC_DATA/);
    const empty = path.join(data.folder, "empty");
    mkdirSync(empty);
    assert.match(evaluate(`--data=${empty}`).stderr, /^eval: the data folder has no movies\/: .* is missing/);
    assert.match(evaluate(`--data=${data.folder}`, "--only=weather").stderr, /^eval: usage: /);
  });
});

describe("readCranfield", () => {
  it("names questions by their position and leaves out documents without a text", () => {
    const { documents, queries, relevant } = readCranfield(path.join(data.folder, "cranfield"));
    assert.equal(documents.length, 4);
    assert.deepEqual(queries[1], { id: "2", text: "how hot does a fast body become ." });
    assert.deepEqual([...relevant.get("2")], [["2", 1]]);
  });
});
