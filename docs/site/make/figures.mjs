// Everything that was measured, as Markdown, and as numbers for the front page: from bench/results.json, eval/results.json,
// eval/rungs.json and the files themselves, so that no page has a figure typed by hand.

import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { milliseconds, table } from "../../../bench/lib/markdown.mjs";
import { figures, shown } from "../../../bench/lib/readme.mjs";
import { accuracyTable, startTable } from "../../../bench/lib/report.mjs";
import { titles } from "../../../bench/lib/titles.mjs";
import { workersTable } from "../../../bench/lib/workers_throughput.mjs";
import { tables } from "../../../eval/lib/report.mjs";
import { shortenTable } from "../../../eval/lib/shorten_table.mjs";
import { rungsTables } from "../../../eval/rungs/report.mjs";
import { root } from "./places.mjs";

const results = JSON.parse(readFileSync(path.join(root, "bench/results.json"), "utf8"));
const quality = JSON.parse(readFileSync(path.join(root, "eval/results.json"), "utf8"));
const rungs = JSON.parse(readFileSync(path.join(root, "eval/rungs.json"), "utf8"));
const shortened = JSON.parse(readFileSync(path.join(root, "eval/shorten.json"), "utf8"));

/** @returns {Record<string, string>} Markdown by name */
export function figureTables() {
  const { made, sittings, workloads, start, workers, accuracy, bytes } = results;
  return {
    summary: figures(results).summary.replace(/ \(\[.*$/, ""),
    machine: `${made.machine}; ${made.versions}. The minimum of ${made.rounds} rounds of ${made.budget} ms.`,
    times: sittings.map((sitting) => `### ${sitting.runtime}\n\n${timesTable(sitting, workloads)}`).join("\n\n"),
    start: startTable(start),
    workers: `${workers.runtime} on ${workers.cores} cores:\n\n${workersTable(workers.results)}`,
    accuracy: accuracyTable(accuracy),
    bytes: bytesTable(bytes),
    shorten: shortenTable(shortened),
    ...readmeTables(),
    ...named("quality", tables(quality)),
    ...named("rungs", rungsTables(rungs)),
  };
}

const named = (group, tables) =>
  Object.fromEntries(Object.entries(tables).map(([name, markdown]) => [`${group}-${name}`, markdown]));

/** Numbers for the components of the theme. */
export function facts(model) {
  const { runtime, times, own, columns } = shown(results);
  const lengths = results.workloads.filter(({ name }) => Number(name) > 0);
  const rate = ({ name, tokens }, engine) => Math.round((1000 * tokens) / times[name][engine].min);
  return {
    runtime,
    machine: results.made.machine,
    engines: columns.map(({ title }) => title),
    rates: lengths.map((one) => ({ tokens: one.tokens, values: columns.map(({ name }) => rate(one, name)) })),
    codeBytes: columns.map(({ name }) => results.bytes[name].brotli),
    accuracy: columns.map(({ name }) => results.accuracy[name].mean),
    firstVectorMs: results.start.kinvec.firstVisit.min,
    binary: own,
    modelBytes: statSync(model).size,
  };
}

/** What a page downloads, apart from the model. */
function bytesTable(bytes) {
  const kilobytes = (count) => `${Math.round(count / 1000).toLocaleString("en")} kB`;
  return table(
    ["code that a page downloads", "raw", "after brotli"],
    Object.entries(bytes).map(([name, { raw, brotli }]) => [titles[name], kilobytes(raw), kilobytes(brotli)]),
  );
}

function timesTable({ engines, times }, workloads) {
  return table(
    ["ms", ...engines.map((name) => titles[name])],
    workloads.map(({ name, title }) => [
      title,
      ...engines.map((engine) => (times[name][engine] ? milliseconds(times[name][engine].min) : "")),
    ]),
  );
}

/** Tables of the README that are not the bench's. Its links to headings are to pages here. */
function readmeTables() {
  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  const tableWith = (head) => {
    const found = readme.match(/^\|.*\n(\|.*\n)+/gm)?.find((one) => one.startsWith(head));
    if (!found) throw new Error(`README.md has no table that begins with ${head}`);
    return found.trimEnd().replace(/\(#options\)/g, "(../options)");
  };
  return {
    dtypes: tableWith("| dtype "),
    precisions: tableWith("| `precision` "),
    stages: tableWith("| kind "),
    trained: tableWith("| `model` "),
    stores: tableWith("| store "),
    server: tableWith("| option                                       |"),
  };
}
