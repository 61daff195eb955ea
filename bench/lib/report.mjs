// The results as Markdown.

import { milliseconds as ms, table } from "./markdown.mjs";

const titles = {
  relaxed: "kinvec, relaxed SIMD",
  simd128: "kinvec, SIMD128",
  onnxruntime: "onnxruntime-web int8",
  transformers: "transformers.js q8",
};
const ours = ["relaxed", "simd128"];
const peers = ["onnxruntime", "transformers"];

/** @param sitting { runtime, engines, refused, times, accuracy } of one runtime */
function timesTable({ engines, times }, workloads) {
  const names = engines.map(({ name }) => name);
  const pairs = ours
    .flatMap((a) => peers.map((b) => [a, b]))
    .filter((pair) => pair.every((name) => names.includes(name)));
  const short = { relaxed: "relaxed", simd128: "SIMD128", onnxruntime: "ort", transformers: "tf.js" };
  return table(
    ["ms, min / median", ...names.map((name) => titles[name]), ...pairs.map(([a, b]) => `${short[b]} / ${short[a]}`)],
    workloads
      .filter(({ name }) => times[name])
      .map(({ name, title }) => {
        const cell = times[name];
        return [
          title,
          ...names.map((engine) => `${ms(cell[engine].min)} / ${ms(cell[engine].median)}`),
          ...pairs.map(([a, b]) => `**${(cell[b].min / cell[a].min).toFixed(2)}**`),
        ];
      }),
  );
}

function sittingText(sitting, workloads) {
  const refused = Object.entries(sitting.refused).map(([name, why]) => `${titles[name]}: did not run here (${why})`);
  return [`## ${sitting.runtime}`, timesTable(sitting, workloads), ...refused].join("\n\n");
}

function accuracyTable(sitting) {
  return table(
    ["cosine to PyTorch f32", "mean", "min"],
    Object.entries(sitting.accuracy).map(([name, { mean, min }]) => [titles[name], mean.toFixed(5), min.toFixed(4)]),
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

export function report({ machine, versions, onnx, sittings, workloads, bytes, rounds, budget }) {
  const [first] = sittings;
  return `# Kinvec beside its peers

Made by \`npm run bench\`: all engines side by side, one thread each, taking turns on the same texts in ${rounds} rounds of
${budget} ms, after one uncounted round. Compare numbers of one table only; the minimum is the steadier one. The last columns say how
many times faster kinvec is, by the minima.

- Machine: ${machine}
- ${versions}
- Model: all-MiniLM-L6-v2; kinvec runs \`models/all-MiniLM-L6-v2.q8.gguf\`, the peers ${onnx}.
- kinvec and transformers.js go from text to normalised vector. onnxruntime-web is given token ids and stops at token
  states: tokenizing, pooling and normalising are not in its time.
- In a batch the peers pad every text to the longest; kinvec does not.
- In Node.js transformers.js runs the native onnxruntime (with the processor's own 8-bit instructions), not WebAssembly.

${sittings.map((sitting) => sittingText(sitting, workloads)).join("\n\n")}

## Accuracy

Over the 400 sentences of \`tests/golden/sentences.json\` (3 to 256 tokens), one at a time, in ${first.runtime}:

${accuracyTable(first)}

## Bytes

${bytesTable(bytes)}
`;
}
