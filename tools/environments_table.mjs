// docs/environments.md: where the smoke suite passes, from what the tests left in build/environments/, a JSON object per
// line.  Each file NAME.json there becomes a table of its own, with a row per environment and a column per group.
// `node tools/environments_table.mjs NAME...` checks that all that the tables tell still passes; with --write it writes
// the tables anew.  Without names it takes every file that is there.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isMain, root, runMain } from "./lib/project.mjs";

const document = path.join(root, "docs/environments.md");
const results = path.join(root, "build/environments");

/** @returns {{ group: string, environment: string, version: string, binary: string, checks: string[], passed: boolean }[]} */
function readResults(name) {
  const file = path.join(results, `${name}.json`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}

const sectionPattern = (name) => new RegExp(`^<!-- ${name} -->\n\n([^]*?)\n\n<!-- /${name} -->$`, "m");

/** The table of one file of results, between the marks by which it is found again. */
function sectionOf(name) {
  const found = readResults(name);
  const groups = [...new Map(found.map(({ group, version }) => [group, version]))];
  const environments = [...new Set(found.map(({ environment }) => environment))];
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const cell = (environment, group) => {
    const result = found.find((one) => one.environment === environment && one.group === group);
    return result ? `${result.checks.length}, ${result.binary}` : "";
  };
  return [
    `<!-- ${name} -->\n`,
    row(["", ...groups.map(([group, version]) => `${group}<br>${version}`)]),
    row(["---", ...groups.map(() => "---")]),
    ...environments.map((environment) => row([environment, ...groups.map(([group]) => cell(environment, group))])),
    `\n<!-- /${name} -->`,
  ].join("\n");
}

/** What the document tells of one file of results: environments, and how many checks each passed. */
function readSection(name) {
  const [, table] = sectionPattern(name).exec(readFileSync(document, "utf8")) ?? [];
  if (table === undefined) return [];
  const [[, ...heads], , ...rows] = table.split("\n").map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
  return rows.flatMap(([environment, ...cells]) =>
    cells
      .map((cell, at) => ({ group: heads[at].split("<br>")[0], environment, checks: Number.parseInt(cell, 10) }))
      .filter(({ checks }) => !Number.isNaN(checks)),
  );
}

/** @returns {string[]} one line for each environment of the document that is missing, fails or passes fewer checks */
export function environmentFindings(name) {
  const found = readResults(name);
  const told = readSection(name);
  const findings = found
    .filter(({ passed }) => !passed)
    .map(({ group, environment }) => `${group}: ${environment} fails`);
  for (const { group, environment, checks } of told) {
    const result = found.find((one) => one.group === group && one.environment === environment);
    if (!result) findings.push(`${group}: ${environment} was not run`);
    else if (result.passed && result.checks.length < checks) {
      findings.push(`${group}: ${environment} passed ${result.checks.length} checks, not ${checks}`);
    }
  }
  const known = new Set(told.map(({ group, environment }) => `${group}: ${environment}`));
  for (const { group, environment } of found) {
    if (!known.has(`${group}: ${environment}`)) findings.push(`${group}: ${environment} is not in the table`);
  }
  return findings.map((line) => `docs/environments.md: ${line}`);
}

function write(names) {
  let text = readFileSync(document, "utf8");
  for (const name of names) {
    const failing = readResults(name).filter(({ passed }) => !passed);
    if (failing.length > 0) throw new Error(`${name}: ${failing[0].environment} fails; no table was written`);
    const title = `${name[0].toUpperCase()}${name.slice(1)}`;
    if (sectionPattern(name).test(text)) text = text.replace(sectionPattern(name), () => sectionOf(name));
    else text = `${text.trimEnd()}\n\n## ${title}\n\n${sectionOf(name)}\n`;
  }
  writeFileSync(document, text);
}

function main([flag, ...rest]) {
  const given = flag === "--write" || flag === undefined ? rest : [flag, ...rest];
  const present = existsSync(results) ? readdirSync(results).map((file) => path.basename(file, ".json")) : [];
  const names = given.length > 0 ? given : present.sort();
  if (names.length === 0) throw new Error("build/environments/ holds nothing; run npm test -- environments");
  if (flag === "--write") return write(names);
  const findings = names.flatMap(environmentFindings);
  if (findings.length > 0) throw new Error(findings.join("\n"));
}

if (isMain(import.meta.url)) await runMain(() => main(process.argv.slice(2)));
