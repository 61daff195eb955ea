// The results as tables and plots: for the terminal, for eval/results.md and for the documentation, which shows the same.

import path from "node:path";
import { table } from "../../bench/lib/markdown.mjs";
import { root } from "../../tools/lib/project.mjs";
import { kChangeAfter, kRecovered } from "./drift.mjs";
import { curvesSvg, pointsSvg } from "./plots.mjs";
import { keep, rounded } from "./publish.mjs";
import { cranfieldReference } from "./reference.mjs";

const plotted = ["kinvec", "kinvec-plain", "tfidf", "knn", "mean", "popularity", "last"];
const variants = ["kinvec-exploring", "kinvec-told"]; // each alone in its plots
const colourOf = (name) => (variants.includes(name) ? 1 : plotted.indexOf(name)); // the same in all plots
const unmeasured = new Set(["random", "oracle"]); // ends of the scale, no recommenders

/** @returns {string} the whole report as Markdown */
export function report(results) {
  const titles = {
    summary: "Summary",
    films: "Films: NDCG@10 after some events",
    lists: "Films: the lists after ten events",
    actors: "Films, with tastes for actors",
    software: "Software: NDCG@10 after some events",
    drift: "Drift",
    prequential: "Twenty lists, one after the other",
    cranfield: "Search on Cranfield",
  };
  const found = tables(results);
  const parts = Object.entries(titles).filter(([name]) => found[name]);
  return `# Quality\n\n${found.made}\n\n${parts.map(([name, title]) => `## ${title}\n\n${found[name]}`).join("\n\n")}\n`;
}

/** @returns {Record<string, string>} Markdown by name; of the parts that were run */
export function tables({ made, films, actors, software, drift, prequential, cranfield }) {
  const { machine, versions, people, seed } = made;
  return {
    made: `${machine}; ${versions}; ${made.model}. \`npm run eval -- --data=DIR --people=${people} --seed=${seed}\`. Intervals hold 95 % of the means over resampled people.`,
    ...(films && { films: curveTable(films), lists: listTable(films) }),
    ...(films && drift && cranfield && { summary: summaryTable({ films, drift, cranfield }) }),
    ...(actors && { actors: curveTable(actors) }),
    ...(software && { software: curveTable(software) }),
    ...(drift && { drift: driftTable(drift) }),
    ...(prequential && { prequential: prequentialTable(prequential) }),
    ...(cranfield && { cranfield: cranfieldTable(cranfield) }),
  };
}

const four = (value) => value.toFixed(4);
const signed = (value) => `${value < 0 ? "−" : "+"}${four(Math.abs(value))}`;
const percent = (value) => `${(100 * value).toFixed(1)} %`;
const plusMinus = ({ mean, low, high }) => `${four(mean)} ± ${four((high - low) / 2)}`;
const bold = (name, text) => (name === "kinvec" ? `**${text}**` : text);

function curveTable({ methods }) {
  const list = Object.entries(methods);
  return table(
    ["events", ...list[0][1].rows.map(({ events }) => events)],
    list.map(([name, { title, rows }]) => [bold(name, title), ...rows.map(({ ndcg }) => bold(name, plusMinus(ndcg)))]),
  );
}

const atTen = (rows) => rows.find(({ events }) => events === 10);

function listTable({ methods }) {
  return table(
    [
      "after ten events",
      "NDCG@10",
      "HR@10",
      "Kinvec's NDCG / its",
      "list's similarity",
      "coverage",
      "tastes in the list",
    ],
    Object.entries(methods).map(([name, { title, rows }]) => {
      const { ndcg, hit, ndcgRatio, similarity, coverage, tastes } = atTen(rows);
      const ratio = `${ndcgRatio.mean.toFixed(2)} (${ndcgRatio.low.toFixed(2)} to ${ndcgRatio.high.toFixed(2)})`;
      return [
        bold(name, title),
        four(ndcg.mean),
        percent(hit.mean),
        name === "kinvec" || name === "random" ? "" : ratio,
        similarity.mean.toFixed(3),
        percent(coverage),
        percent(tastes.mean),
      ];
    }),
  );
}

function driftTable(drift) {
  const titles = { one: "the heaviest taste gives way to a new one", all: "all tastes are replaced" };
  return table(
    [
      "after 30 events",
      "method",
      "NDCG@10 before",
      "at once after",
      "5 events later",
      "10 events later",
      "back at 90 % after",
    ],
    Object.entries(drift).flatMap(([change, methods]) =>
      Object.entries(methods).map(([name, { title, former, backAfter, points }]) => {
        const at = (after) => points.find((point) => point.after === after).ndcg.mean;
        const share = (after) => `${four(at(after))} (${Math.round((100 * at(after)) / former)} %)`;
        const back = backAfter === null ? "not within 20" : `${backAfter} event${backAfter === 1 ? "" : "s"}`;
        return [titles[change], bold(name, title), four(former), share(0), share(5), share(10), bold(name, back)];
      }),
    ),
  );
}

function prequentialTable(methods) {
  return table(
    ["", "likes per list of ten", "new tastes found after 5 lists", "after 20 lists"],
    Object.entries(methods).map(([name, { title, likes, found, rounds }]) => [
      bold(name, title),
      `${likes.mean.toFixed(2)} (${likes.low.toFixed(2)} to ${likes.high.toFixed(2)})`,
      percent(rounds[4].found.mean),
      percent(found.mean),
    ]),
  );
}

function cranfieldTable(rows) {
  const { ndcg, made } = cranfieldReference;
  return table(
    ["", "nDCG@10", "over by meaning"],
    [
      [`reference: ${made.replace(", ranx 0.3.21", "")}, numpy`, four(ndcg), ""],
      ...rows.map(({ title, ndcg: own, overDense }) => [
        title,
        four(own.mean),
        overDense.mean === 0 ? "" : `${signed(overDense.mean)} (${signed(overDense.low)} to ${signed(overDense.high)})`,
      ]),
    ],
  );
}

/** What was aimed at, and what came of it. */
function summaryTable({ films, drift, cranfield }) {
  const { kinvec, mean, ...others } = films.methods;
  const rivals = Object.entries({ mean, ...others }).filter(
    ([name]) => !unmeasured.has(name) && !/^kinvec-/.test(name),
  );
  const ratios = rivals.flatMap(([, { title, rows }]) =>
    rows.filter(({ events }) => events >= 2).map(({ events, ndcgRatio }) => ({ title, events, ...ndcgRatio })),
  );
  const least = (isMeant) => ratios.filter(isMeant).reduce((a, b) => (b.mean < a.mean ? b : a));
  const [own, blurred] = [atTen(kinvec.rows), atTen(mean.rows)];
  const by = Object.fromEntries(cranfield.map((row) => [row.name, row.ndcg.mean]));
  const recovery = ({ kinvec: { backAfter } }) => (backAfter === null ? "not within 20" : `${backAfter} events`);
  const afterTen = ({ former, points }) => points.find(({ after }) => after === 10).ndcg.mean / former;
  const fits = (is) => (is ? "yes" : "no");
  const aboveAll = (aim, { title, events, mean, low, high }) => [
    aim,
    `${mean.toFixed(2)} times the best (${low.toFixed(2)} to ${high.toFixed(2)}): ${title}, ${events} events`,
    mean > 1 ? "yes" : high > 1 ? "level" : "no",
  ];
  const rows = [
    aboveAll(
      "NDCG@10 above every baseline at 2 to 20 events",
      least(({ events }) => events <= 20),
    ),
    aboveAll(
      "the same at 50 events",
      least(({ events }) => events > 20),
    ),
    [
      "at ten events 15 % above the mean vector",
      `${blurredRatio(mean)} times`,
      fits(atTen(mean.rows).ndcgRatio.mean >= 1.15),
    ],
    [
      "lists less alike than the mean vector's",
      `${own.similarity.mean.toFixed(3)}, ${blurred.similarity.mean.toFixed(3)}`,
      fits(own.similarity.mean < blurred.similarity.mean),
    ],
    [
      "more of the catalogue shown than by the mean vector",
      `${percent(own.coverage)}, ${percent(blurred.coverage)}`,
      fits(own.coverage > blurred.coverage),
    ],
    [
      "90 % of the former quality within ten events of a changed taste",
      `one taste: ${recovery(drift.one)} (after ten ${percent(afterTen(drift.one.kinvec))}, with perfect forgetting ` +
        `${percent(afterTen(drift.one["kinvec-told"]))}); all tastes: ${recovery(drift.all)}`,
      fits(drift.one.kinvec.backAfter !== null && drift.one.kinvec.backAfter <= 10),
    ],
    [
      "Cranfield: search by meaning within 0.005 of the reference",
      `${four(by.dense)}, ${four(cranfieldReference.ndcg)}`,
      fits(Math.abs(by.dense - cranfieldReference.ndcg) <= 0.005),
    ],
    [
      "Cranfield: both together above each",
      `${four(by.both)}; ${four(by.dense)}, ${four(by.words)}`,
      fits(by.both > by.dense && by.both > by.words),
    ],
  ];
  return table(["aim", "measured", "reached"], rows);
}

const blurredRatio = ({ rows }) => {
  const { mean, low, high } = atTen(rows).ndcgRatio;
  return `${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
};

/** @returns {Record<string, string>} SVG by file name; of the parts that were run */
export function plots({ films, drift, prequential }) {
  const lines = (methods, pointsOf, names = Object.keys(methods)) =>
    names.map((name) => ({
      title: methods[name].title,
      colour: colourOf(name),
      strong: name === "kinvec",
      points: pointsOf(methods[name]),
    }));
  return {
    ...(films && {
      "eval-curve": curvesSvg({
        title: "NDCG@10 over the whole catalogue of films. Higher is better; bands hold 95 %.",
        label: "events of the person",
        xs: films.methods.kinvec.rows.map(({ events }) => events),
        lines: lines(films.methods, ({ rows }) => rows.map(({ ndcg }) => ndcg), plotted),
        digits: 3,
      }),
      "eval-variety": pointsSvg({
        title: "After ten events: how good, and how much of the catalogue. Up and to the right is better.",
        x: "catalogue coverage: share of all films that are in somebody's list",
        y: "NDCG@10",
        points: plotted.map((name) => {
          const { title, rows } = films.methods[name];
          const { coverage, ndcg } = atTen(rows);
          return { title, colour: colourOf(name), strong: name === "kinvec", x: coverage, y: ndcg.mean };
        }),
      }),
    }),
    ...(drift && {
      "eval-drift": curvesSvg({
        title: `All tastes change after ${kChangeAfter} events: NDCG@10 for what the person likes now.`,
        label: "events after the change",
        xs: drift.all.kinvec.points.map(({ after }) => after),
        lines: lines(drift.all, ({ points }) => points.map(({ ndcg }) => ndcg)),
        mark: {
          at: drift.all.kinvec.points.findIndex(({ after }) => after === 0),
          title: `change; Kinvec is back at ${100 * kRecovered} % ${backTitle(drift.all.kinvec)}`,
        },
        digits: 3,
      }),
    }),
    ...(prequential && {
      "eval-found": curvesSvg({
        title: "Share of the tastes not known at the start that the person was led to.",
        label: "lists of ten that were shown",
        xs: prequential.kinvec.rounds.map(({ round }) => round),
        lines: lines(prequential, ({ rounds }) => rounds.map(({ found }) => found)),
        digits: 1,
      }),
    }),
  };
}

const backTitle = ({ backAfter }) => (backAfter === null ? "later than shown" : `after ${backAfter}`);

/** Writes the report, the plots of the documentation and, if a file is named, the results. */
export function publish(measured, resultsFile) {
  const results = rounded(measured);
  if (resultsFile) keep(resultsFile, `${JSON.stringify(results)}\n`);
  keep(path.join(root, "eval/results.md"), report(results));
  for (const [name, svg] of Object.entries(plots(results))) {
    keep(path.join(root, "docs/site/diagrams", `${name}.svg`), svg);
  }
}
