// The results as Markdown.

import { milliseconds as ms, table } from "./markdown.mjs";
import { ours, peers, shortTitles, titles } from "./titles.mjs";
import { workersTable } from "./workers_throughput.mjs";

/** @param sitting { runtime, engines, refused, times } of one runtime */
function sittingText(sitting, workloads) {
  const refused = Object.entries(sitting.refused).map(([name, why]) => `${titles[name]}: did not run here (${why})`);
  return [
    `## ${sitting.runtime}`,
    timesTable(sitting, workloads),
    "GMAC/s of the whole model, by the minima:",
    ratesTable(sitting, workloads),
    ...refused,
  ].join("\n\n");
}

function timesTable({ engines, times }, workloads) {
  const pairs = ours
    .flatMap((a) => peers.map((b) => [a, b]))
    .filter((pair) => pair.every((name) => engines.includes(name)));
  return table(
    [
      "ms, min / median",
      ...engines.map((name) => titles[name]),
      ...pairs.map(([a, b]) => `${shortTitles[b]} / ${shortTitles[a]}`),
    ],
    workloads.map(({ name, title }) => {
      const cell = times[name];
      return [
        title,
        ...engines.map((engine) => (cell[engine] ? `${ms(cell[engine].min)} / ${ms(cell[engine].median)}` : "")),
        ...pairs.map(([a, b]) => (cell[b] ? `**${(cell[b].min / cell[a].min).toFixed(2)}**` : "")),
      ];
    }),
  );
}

/** Multiply-accumulates of the texts' own tokens: what a peer spends on padding counts as time only. */
function ratesTable({ engines, times }, workloads) {
  return table(
    ["", ...workloads.map(({ name }) => name)],
    engines.map((engine) => [
      titles[engine],
      ...workloads.map(({ name, products }) => {
        const cell = times[name][engine];
        return cell ? (products / cell.min / 1e6).toFixed(1) : "";
      }),
    ]),
  );
}

export function accuracyTable(accuracy) {
  return table(
    ["against PyTorch f32", "mean cosine", "min cosine", "ten nearest in common"],
    Object.entries(accuracy).map(([name, { mean, min, overlap }]) => [
      titles[name],
      mean.toFixed(5),
      min.toFixed(4),
      overlap.toFixed(3),
    ]),
  );
}

export function startTable({ kinvec, transformers }) {
  const times = [
    ["navigation to the first vector (12 tokens), first visit", "firstVisit"],
    ["the same, second visit", "secondVisit"],
    ["first call once loaded (32 tokens)", "firstCall"],
    ["use until full speed", "untilFullSpeed"],
  ];
  const megabytes = (bytes) => (bytes === undefined ? "" : `${(bytes / 1e6).toFixed(0)} MB`);
  const both = ({ min, median }) => `${ms(min)} / ${ms(median)} ms`;
  return table(
    ["min / median", "kinvec", "transformers.js q8", "tf.js / kinvec"],
    [
      ...times.map(([title, key]) => {
        const ratio = transformers[key].min / kinvec[key].min;
        return [
          title,
          both(kinvec[key]),
          both(transformers[key]),
          Number.isFinite(ratio) ? `**${ratio.toFixed(1)}**` : "",
        ];
      }),
      ["WebAssembly memory", megabytes(kinvec.wasm), megabytes(transformers.wasm), ""],
      [
        "most memory of the page's process, above a blank page's",
        megabytes(kinvec.peak),
        megabytes(transformers.peak),
        "",
      ],
    ],
  );
}

function bytesTable(bytes) {
  const size = (count) => (count < 1e6 ? `${(count / 1e3).toFixed(0)} kB` : `${(count / 1e6).toFixed(2)} MB`);
  return table(
    ["a page downloads, apart from the model", "raw", "brotli", "files"],
    Object.entries(bytes).map(([name, { raw, brotli, files }]) => [
      titles[name],
      size(raw),
      size(brotli),
      files.join(", "),
    ]),
  );
}

/** @param results what run.mjs collects; parts that did not run are absent */
export function report({ made, workloads, sittings, accuracy, start, workers, bytes }) {
  const parts = [
    `# Kinvec beside its peers`,
    `Made by \`npm run bench\`: all engines side by side, one thread each, taking turns on the same texts in ${made.rounds} rounds of
${made.budget} ms, after one uncounted round. Compare numbers of one table only; the minimum is the steadier one. The last columns say how
many times faster kinvec is, by the minima.`,
    `- Machine: ${made.machine}
- ${made.versions}
- Model: all-MiniLM-L6-v2; kinvec runs \`models/all-MiniLM-L6-v2.q8.gguf\`, wllama a Q8_0 GGUF file, the others
  ${made.onnx}.
- kinvec, transformers.js and wllama go from text to normalised vector. onnxruntime is given token ids and stops at token
  states: tokenizing, pooling and normalising are not in its time.
- In a batch onnxruntime and transformers.js pad every text to the longest; kinvec does not.
- The native onnxruntime is no WebAssembly: it uses all of the processor, 8-bit instructions included, on one thread. In
  Node.js transformers.js runs it too.
- wllama takes part up to 128 tokens: it is many times slower.
- fasttextembed 1.0.2 is not measured: it has one model only, with 12 layers instead of 6, whose file is on no package
  registry.`,
    ...sittings.map((sitting) => sittingText(sitting, workloads)),
  ];
  if (start) {
    parts.push(
      "## Start and memory",
      `Chromium with a new profile, everything from this machine. The second visit finds what the browser has kept of the first.
Full speed is reached when calls of 32 tokens take no more than 1.2 times what they take in the end.`,
      startTable(start),
    );
  }
  if (workers) {
    parts.push(
      "## Workers",
      `The 400 sentences of \`tests/golden/sentences.json\` in ${workers.runtime} on ${workers.cores} cores, least of all rounds:`,
      workersTable(workers.results),
    );
  }
  if (accuracy) {
    parts.push(
      "## Accuracy",
      "Over the 400 sentences of `tests/golden/sentences.json` (3 to 256 tokens), one at a time:",
      accuracyTable(accuracy),
    );
  }
  if (bytes) parts.push("## Bytes", bytesTable(bytes));
  return `${parts.join("\n\n")}\n`;
}
