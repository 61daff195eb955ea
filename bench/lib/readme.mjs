// The README's figures: every part of it between `<!-- bench:NAME -->` and `<!-- /bench -->` is written from the results.

import { milliseconds as ms, table } from "./markdown.mjs";
import { ours } from "./titles.mjs";

/** What the README and the chart show: one runtime, its fastest binary of kinvec and two peers. */
export function shown({ sittings, made }) {
  const chromium = sittings.find(({ runtime }) => runtime.startsWith("Chromium"));
  const own = ours.find((name) => chromium.engines.includes(name));
  const version = (name) => made.packages[name];
  return {
    ...chromium,
    own,
    columns: [
      { name: own, title: "Kinvec" },
      { name: "onnxruntime", title: `onnxruntime-web ${version("onnxruntime-web")}, int8` },
      { name: "transformers", title: `transformers.js ${version("@huggingface/transformers")}, q8` },
    ],
  };
}

/** The README with its marked parts made anew. @throws if a part is not marked */
export function withFigures(readme, results) {
  const parts = Object.entries(figures(results));
  return parts.reduce((text, [name, content]) => withPart(text, `bench:${name}`, content), readme);
}

/** The README with the part between `<!-- MARK:NAME -->` and `<!-- /MARK -->` made anew. @throws if it is not marked */
export function withPart(readme, mark, content) {
  const marked = new RegExp(`(<!-- ${mark} -->\n)[^]*?(<!-- /${mark.split(":")[0]} -->)`);
  if (!marked.test(readme)) throw new Error(`README.md has no part <!-- ${mark} -->`);
  return readme.replace(marked, (_, start, end) => `${start}\n${content}\n\n${end}`);
}

/** Markdown of each marked part. */
export function figures(results) {
  const { workloads, accuracy, bytes, start, made, sittings } = results;
  const { times, runtime, own, columns } = shown(results);
  const ratios = workloads.map(({ name }) => times[name].onnxruntime.min / times[name][own].min);
  const mixed = workloads.findIndex(({ name }) => name === "mixed");
  const range = (values) => {
    const ends = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(1));
    return [...new Set(ends)].join(" to ");
  };
  const kilobytes = (count) => `${Math.round(count / 1000).toLocaleString("en")} kB`;
  const megabytes = (count) => (count === undefined ? "" : `${Math.round(count / 1e6)} MB`);
  const started = { [own]: start.kinvec, transformers: start.transformers };

  // What processors run whose relaxed dot product saturates.
  const other = ours.find((name) => name !== own && times["8"][name]);
  const otherRatios = workloads.slice(0, 6).map(({ name }) => times[name].onnxruntime.min / times[name][other]?.min);
  const otherLine = other ? [{ name: other, title: `Kinvec, \`${other}\` binary` }] : [];
  const lines = [columns[0], ...otherLine, ...columns.slice(1)];

  const lengths = workloads.filter(({ name }) => name !== "mixed1");
  const heads = lengths.map(({ name }) => (name === "mixed" ? "64 texts of 5 to 128" : name.replace("x", " × ")));
  const others = sittings
    .filter((sitting) => /^(Firefox|WebKit)/i.test(sitting.runtime))
    .map((sitting) => {
      const best = ours.find((name) => sitting.engines.includes(name));
      const list = workloads.filter(({ name }) => Number(name) >= 32);
      return `in ${sitting.runtime} ${range(list.map(({ name }) => sitting.times[name].onnxruntime.min / sitting.times[name][best].min))}`;
    });
  return {
    summary: `On one thread, in one run in ${runtime}, Kinvec takes texts of 8 to 256 tokens ${range(ratios.slice(0, 6))} times as fast as
onnxruntime-web does, and a list of texts of mixed lengths ${ratios[mixed].toFixed(1)} times.${
      other
        ? `
On processors whose 8-bit dot product saturates it is ${range(otherRatios)} times as fast.`
        : ""
    } ([All figures](#speed-size-accuracy))`,
    speed: `Milliseconds, one thread, the \`${own}\` binary, minimum of ${made.rounds} rounds in ${runtime}, on ${made.machine}:

${table(
  ["tokens", ...heads],
  lines.map(({ name, title }) => [title, ...lengths.map((one) => ms(times[one.name][name].min))]),
)}

At 32 to 256 tokens it is ${others.join(", and ")} times as fast as onnxruntime-web.`,
    rest: table(
      ["", ...columns.map(({ title }) => title)],
      [
        ["code that a page downloads, after brotli", ...columns.map(({ name }) => kilobytes(bytes[name].brotli))],
        [
          "cosine to 32-bit floats over 400 sentences, mean, min",
          ...columns.map(({ name }) => `${accuracy[name].mean.toFixed(4)}, ${accuracy[name].min.toFixed(3)}`),
        ],
        ["nearest ten in common with 32-bit floats", ...columns.map(({ name }) => accuracy[name].overlap.toFixed(3))],
        [
          "navigation to the first vector",
          ...startCells(columns, started, ({ firstVisit }) => `${ms(firstVisit.min)} ms`),
        ],
        [
          "the same on the second visit",
          ...startCells(columns, started, ({ secondVisit }) => `${ms(secondVisit.min)} ms`),
        ],
        ["WebAssembly memory", ...startCells(columns, started, ({ wasm }) => megabytes(wasm))],
      ],
    ),
  };
}

/** Cells of those engines whose start was measured. */
function startCells(columns, started, cellOf) {
  return columns.map(({ name }) => (started[name] ? cellOf(started[name]) : ""));
}
