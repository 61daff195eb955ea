// What was measured of the rungs as tables and a plot: for the terminal, for eval/rungs.md and for the documentation.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { table } from "../../bench/lib/markdown.mjs";
import { withPart } from "../../bench/lib/readme.mjs";
import { root } from "../../tools/lib/project.mjs";
import { decades, pointsSvg } from "../lib/plots.mjs";
import { keep, rounded } from "../lib/publish.mjs";
import { wordPairs } from "./judged.mjs";
import { rungs, ways } from "./list.mjs";

const colours = { counts: 4, trained: 1, published: 2, model: 0 };

/** @returns {string} the whole report as Markdown */
export function rungsReport(results) {
  const titles = {
    meaning: "What they know",
    cost: "What they cost",
    limits: "What they cannot do",
    biosses: "A domain's sentences",
    domain: "Word vectors for a domain",
    models: "Counts and static models for a domain",
    neighbors: "What a domain makes of words",
  };
  const found = rungsTables(results);
  const shown = Object.entries(titles).filter(([name]) => found[name]);
  return `# Rungs compared\n\n${found.made}\n\n${shown.map(([name, title]) => `## ${title}\n\n${found[name]}`).join("\n\n")}\n`;
}

/** @returns {Record<string, string>} Markdown by name; of the parts that were run */
export function rungsTables({ made, binary, rungs: measured, analogies, domain }) {
  return {
    made: madeLine(made, binary, analogies),
    ...(measured && { short: shortTable(measured), meaning: meaningTable(measured), cost: costTable(measured) }),
    ...(measured && { limits: limitsTable(measured), biosses: biossesTable(measured) }),
    ...(domain && { text: aboutDomain(domain), domain: domainTable(domain), models: modelsTable(measured, domain) }),
    ...(domain && { neighbors: neighborsTable(domain) }),
  };
}

const three = (value) => (value === undefined ? "" : value.toFixed(3));
const percent = (value) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
const megabytes = (bytes) => (bytes < 1e7 ? (bytes / 1e6).toFixed(2) : (bytes / 1e6).toFixed(1));
const thousands = (count) => Math.round(count).toLocaleString("en");
const twoDigits = (value) => Number(value.toPrecision(2));
const rows = (measured) => Object.keys(rungs).filter((name) => measured[name]);

function madeLine({ machine, versions, text, seeds }, binary, analogies) {
  const trainings = seeds === 1 ? "one training" : `means over ${seeds} trainings of other seeds`;
  const asked = analogies
    ? ` ${thousands(analogies.questions)} analogies, each to be answered among ${thousands(analogies.words)} words.`
    : "";
  return (
    `${machine}; ${versions}, one thread${binary ? `, the \`${binary}\` binary` : ""}. Word vectors were trained on ${text.title}: ${thousands(text.words)} words in ` +
    `${megabytes(text.bytes)} MB; ${trainings}.${asked}`
  );
}

/** The best that a rung makes of a text: where words can be weighted, with weights. */
const bestOf = ({ texts, weighted = 0 }) => Math.max(texts, weighted);

function shortTable(measured) {
  return table(
    ["rung", "sentences (STS-B)", "words (MEN)", "file, MB", "texts a second"],
    rows(measured).map((name) => {
      const { men, bytes, rate } = measured[name];
      return [
        rungs[name].title,
        three(bestOf(measured[name])),
        rungs[name].kind === "counts" ? "" : three(men),
        megabytes(bytes),
        thousands(twoDigits(rate)),
      ];
    }),
  );
}

function meaningTable(measured) {
  return table(
    ["rung", "STS-B", "STS-B, weighted", ...Object.values(wordPairs), "analogies"],
    rows(measured).map((name) => {
      const { texts, weighted, analogies, ...one } = measured[name];
      const words = Object.keys(wordPairs).map((list) => (rungs[name].kind === "counts" ? "" : three(one[list])));
      return [
        rungs[name].title,
        three(texts),
        three(weighted),
        ...words,
        analogies === undefined ? "" : percent(analogies),
      ];
    }),
  );
}

function costTable(measured) {
  return table(
    [
      "rung",
      "file, MB",
      "sent, MB",
      "code sent, kB",
      "texts a second",
      "training, s",
      "unseen of STS-B's words",
      "unseen of rare words",
    ],
    rows(measured).map((name) => {
      const { bytes, sent, code, rate, seconds, unseen, unseenRare } = measured[name];
      return [
        rungs[name].title,
        megabytes(bytes),
        megabytes(sent),
        thousands(code / 1000),
        thousands(twoDigits(rate)),
        seconds === undefined ? "" : thousands(seconds),
        percent(unseen),
        percent(unseenRare),
      ];
    }),
  );
}

function limitsTable(measured) {
  return table(
    ["rung", "what it cannot do"],
    rows(measured).map((name) => [rungs[name].title, rungs[name].cannot]),
  );
}

function aboutDomain({ text: { title, bytes, words, sentences } }) {
  return `The domain's text is made of the definitions of ${title}: ${thousands(sentences)} sentences, ${thousands(words)} words, ${megabytes(bytes)} MB.`;
}

function domainTable({ words }) {
  return table(
    ["skip-gram, trained on", "BIOSSES", "BIOSSES, weighted", "unseen of its words"],
    Object.entries(words).map(([way, { texts, weighted, unseen }]) => [
      ways[way],
      three(texts),
      three(weighted),
      percent(unseen),
    ]),
  );
}

/** Sentences of the domain, by rungs that know nothing of it but from general texts. */
function biossesTable(measured) {
  return table(
    ["rung", "BIOSSES", "BIOSSES, weighted", "unseen of its words"],
    rows(measured).map((name) => {
      const { texts, weighted, unseen } = measured[name].biosses;
      return [rungs[name].title, three(texts), three(weighted), percent(unseen)];
    }),
  );
}

/** Before and after; what is gained in the domain is lost elsewhere. */
function modelsTable(measured, { models }) {
  return table(
    ["rung", "BIOSSES", "fitted to the domain", "STS-B", "fitted to the domain"],
    Object.keys(models).map((name) => [
      rungs[name].title,
      three(measured?.[name].biosses.texts),
      three(models[name].texts),
      three(measured?.[name].texts),
      three(models[name].sts),
    ]),
  );
}

function neighborsTable({ neighbors }) {
  return table(
    ["nearest to", ...Object.values(ways)],
    Object.keys(neighbors.general).map((word) => [
      `**${word}**`,
      ...Object.keys(ways).map((way) => neighbors[way][word]?.join(", ") ?? ""),
    ]),
  );
}

/** @returns {Record<string, string>} SVG by file name */
export function rungsPlots({ rungs: measured }) {
  if (!measured) return {};
  const kindOf = (name) => rungs[name].kind ?? "trained";
  const point = (name, x) => ({
    title: rungs[name].title.replace(/ \(.*/, ""),
    colour: colours[kindOf(name)],
    strong: kindOf(name) === "model",
    x,
    y: bestOf(measured[name]),
  });
  const size = (value) => (value < 1e6 ? `${value / 1e3} kB` : `${value / 1e6} MB`);
  const y = "correlation with people on STS-B's test set, weighted where words can be";
  return {
    "rungs-bytes": pointsSvg({
      title: "What a page downloads, and how well it tells sentences. Up and to the left is better.",
      x: "file and code, as sent",
      y,
      points: rows(measured).map((name) => point(name, measured[name].sent + measured[name].code)),
      axis: decades(size),
      from: 0.4,
    }),
    "rungs-speed": pointsSvg({
      title: "How fast, and how well it tells sentences. Up and to the right is better.",
      x: "texts a second, on one thread",
      y,
      points: rows(measured).map((name) => point(name, measured[name].rate)),
      axis: decades(thousands),
      from: 0.4,
    }),
  };
}

/** Writes the report, the table of the README, the plots of the documentation and, if a file is named, the results. */
export function publishRungs(measured, resultsFile) {
  const results = rounded(measured);
  const readme = path.join(root, "README.md");
  writeFileSync(readme, withPart(readFileSync(readme, "utf8"), "eval:rungs", rungsTables(results).short));
  if (resultsFile) keep(resultsFile, `${JSON.stringify(results)}\n`);
  keep(path.join(root, "eval/rungs.md"), rungsReport(results));
  for (const [name, svg] of Object.entries(rungsPlots(results))) {
    keep(path.join(root, "docs/site/diagrams", `${name}.svg`), svg);
  }
}
