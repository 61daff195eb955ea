// The README's picture: tokens per second of the engines at each length, as an SVG of grouped bars that follows the
// reader's light or dark scheme.

import { shown } from "./readme.mjs";

const [width, height] = [760, 320];
const plot = { left: 52, right: 12, top: 66, bottom: 44 };

/** @returns {string} the SVG of the results */
export function chart(results) {
  const { times, columns, runtime } = shown(results);
  const groups = results.workloads
    .filter(({ name }) => Number(name) > 0 || name === "mixed")
    .map(({ name, tokens }) => ({
      label: name === "mixed" ? "64 texts, mixed" : name,
      values: columns.map((column) => (1000 * tokens) / times[name][column.name].min),
    }));
  const { top, step } = scale(Math.max(...groups.flatMap(({ values }) => values)));
  const bottomEdge = height - plot.bottom;
  const y = (value) => bottomEdge - (value / top) * (bottomEdge - plot.top);
  const groupWidth = (width - plot.left - plot.right) / groups.length;
  const barWidth = (groupWidth * 0.8) / columns.length;

  const lines = Array.from({ length: top / step + 1 }, (_, i) => i * step).map(
    (value) =>
      `<line x1="${plot.left}" x2="${width - plot.right}" y1="${round(y(value))}" y2="${round(y(value))}"/>` +
      `<text x="${plot.left - 8}" y="${round(y(value) + 4)}" class="end">${value.toLocaleString("en")}</text>`,
  );
  const bars = groups.flatMap(({ label, values }, group) => {
    const start = plot.left + groupWidth * (group + 0.1);
    return [
      ...values.map((value, i) => {
        const title = `<title>${columns[i].title}, ${label}: ${Math.round(value).toLocaleString("en")} tokens/s</title>`;
        const [x, from] = [start + barWidth * i, y(value)];
        return `<rect class="c${i}" x="${round(x)}" y="${round(from)}" width="${round(barWidth - 2)}" height="${round(bottomEdge - from)}">${title}</rect>`;
      }),
      `<text x="${round(start + groupWidth * 0.4)}" y="${bottomEdge + 18}" class="middle">${label}</text>`,
    ];
  });
  const legend = columns.map(({ title }, i) => {
    const x = plot.left + i * 220;
    return `<rect class="c${i}" x="${x}" y="36" width="12" height="12"/><text x="${x + 18}" y="46">${title}</text>`;
  });
  const middle = plot.left + (width - plot.left - plot.right) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Tokens per second by length of the text">
<style>
  text { font: 12px system-ui, sans-serif; fill: #57606a; }
  .title { font-weight: 600; }
  .end { text-anchor: end; }
  .middle { text-anchor: middle; }
  line { stroke: #d0d7de; }
  .c0 { fill: #0969da; }
  .c1 { fill: #8c959f; }
  .c2 { fill: #c4cad1; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1; }
    line { stroke: #3d444d; }
    .c0 { fill: #4493f8; }
    .c1 { fill: #7d8590; }
    .c2 { fill: #4d555e; }
  }
</style>
<text x="${plot.left}" y="18" class="title">Tokens per second, one thread, in ${runtime}. Longer bars are faster.</text>
${legend.join("\n")}
${lines.join("\n")}
${bars.join("\n")}
<text x="${middle}" y="${height - 6}" class="middle">length of the text in tokens</text>
</svg>
`;
}

/** The end of an axis that holds the value, and the distance of its lines: 1, 2 or 5 times a power of ten. */
function scale(value) {
  const power = 10 ** Math.floor(Math.log10(value / 4));
  const step = power * [1, 2, 5, 10].find((factor) => value / (power * factor) <= 5);
  return { step, top: Math.ceil(value / step) * step };
}

const round = (value) => Math.round(value * 10) / 10;
