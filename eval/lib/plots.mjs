// Plots as SVG, to be put into a page of the documentation: its style sheet has the colours, light and dark (`.plot`).

const [width, height] = [760, 340];
const [kNameWidth, kNameHeight] = [150, 14];
const plot = { left: 56, right: 170, top: 46, bottom: 48 };

/**
 * @param {{ title: string, label: string, xs: (number | string)[], lines: { title: string, colour: number, strong?: boolean,
 *   points: { mean: number, low: number, high: number }[] }[], mark?: { at: number, title: string }, digits: number }} chart
 *   one point for each x, at even distances
 */
export function curvesSvg({ title, label, xs, lines, mark, digits }) {
  const most = Math.max(...lines.flatMap(({ points }) => points.map(({ high }) => high)));
  const { top, step } = scale(most);
  const bottom = height - plot.bottom;
  const x = (i) => plot.left + 12 + (i * (width - plot.left - plot.right - 24)) / (xs.length - 1);
  const y = (value) => bottom - (value / top) * (bottom - plot.top);
  const at = (i, value) => `${round(x(i))} ${round(y(value))}`;
  const grid = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step).map(
    (value) =>
      `<line x1="${plot.left}" x2="${width - plot.right}" y1="${round(y(value))}" y2="${round(y(value))}"/>` +
      `<text x="${plot.left - 8}" y="${round(y(value) + 4)}" class="end">${value.toFixed(digits)}</text>`,
  );
  const ticks = xs.map((value, i) => `<text x="${round(x(i))}" y="${bottom + 18}" class="middle">${value}</text>`);
  const marked = mark
    ? [
        `<line class="mark" x1="${round(x(mark.at))}" x2="${round(x(mark.at))}" y1="${plot.top - 8}" y2="${bottom}"/>`,
        `<text x="${round(x(mark.at) + 6)}" y="${plot.top - 2}">${mark.title}</text>`,
      ]
    : [];
  const drawn = lines.flatMap(({ points, strong, colour }) => {
    const upper = points.map(({ high }, j) => at(j, high));
    const lower = points.map(({ low }, j) => at(j, low)).reverse();
    return [
      `<path class="band c${colour}" d="M${[...upper, ...lower].join("L")}z"/>`,
      `<path class="curve c${colour}${strong ? " main" : ""}" d="M${points.map(({ mean }, j) => at(j, mean)).join("L")}"/>`,
    ];
  });
  const names = apart(lines.map(({ points }, i) => ({ i, y: y(points.at(-1).mean) }))).map(
    ({ i, y: place }) =>
      `<text x="${width - plot.right + 8}" y="${round(place + 4)}" class="name c${lines[i].colour}${lines[i].strong ? " title" : ""}">${lines[i].title}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="plot" role="img" aria-label="${title}">
<text x="${plot.left}" y="18" class="title">${title}</text>
${[...grid, ...ticks, ...drawn, ...marked, ...names].join("\n")}
<text x="${round((plot.left + width - plot.right) / 2)}" y="${height - 8}" class="middle">${label}</text>
</svg>
`;
}

/** An axis of shares, from 0. */
const shares = {
  of: (values) => {
    const { top, step } = scale(Math.max(...values));
    const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
    return { ticks, place: (value) => value / top };
  },
  text: (value) => `${Math.round(1000 * value) / 10} %`,
};

/** An axis of powers of ten. @param {(value: number) => string} text */
export const decades = (text) => ({
  of: (values) => {
    const from = Math.floor(Math.log10(Math.min(...values)));
    const to = Math.ceil(Math.log10(Math.max(...values)));
    const ticks = Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
    return { ticks, place: (value) => (Math.log10(value) - from) / (to - from) };
  },
  text,
});

/**
 * Methods as points, with their names.
 * @param {{ title: string, x: string, y: string, points: { title: string, colour: number, strong?: boolean, x: number, y: number }[],
 *   axis?: typeof shares }} chart `axis`: that of x
 */
export function pointsSvg({ title, x: xLabel, y: yLabel, points, axis = shares }) {
  const bottom = height - plot.bottom;
  const xs = axis.of(points.map((point) => point.x));
  const ys = scale(Math.max(...points.map((point) => point.y)));
  const x = (value) => plot.left + xs.place(value) * (width - plot.left - plot.right);
  const y = (value) => bottom - (value / ys.top) * (bottom - plot.top);
  const steps = ({ top, step }) => Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
  const grid = [
    ...steps(ys).map(
      (value) =>
        `<line x1="${plot.left}" x2="${width - plot.right}" y1="${round(y(value))}" y2="${round(y(value))}"/>` +
        `<text x="${plot.left - 8}" y="${round(y(value) + 4)}" class="end">${value.toFixed(3)}</text>`,
    ),
    ...xs.ticks.map(
      (value) => `<text x="${round(x(value))}" y="${bottom + 18}" class="middle">${axis.text(value)}</text>`,
    ),
  ];
  const labels = apart(points.map((point, i) => ({ i, x: x(point.x), y: y(point.y) })));
  const drawn = points.map(
    (point) =>
      `<circle class="c${point.colour}" cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="${point.strong ? 7 : 5}"/>`,
  );
  const names = labels.map(({ i, y: place }) => {
    const point = points[i];
    return `<text x="${round(x(point.x) + 11)}" y="${round(place + 4)}" class="name c${point.colour}${point.strong ? " title" : ""}">${point.title}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="plot" role="img" aria-label="${title}">
<text x="${plot.left}" y="18" class="title">${title}</text>
<text x="${plot.left}" y="36">${yLabel}</text>
${[...grid, ...drawn, ...names].join("\n")}
<text x="${round((plot.left + width - plot.right) / 2)}" y="${height - 8}" class="middle">${xLabel}</text>
</svg>
`;
}

/** Names that do not cover each other: of two that lie near each other, the lower one moves down. */
function apart(names) {
  const sorted = names.toSorted((a, b) => a.y - b.y);
  for (const [i, name] of sorted.entries()) {
    for (const above of sorted.slice(0, i)) {
      const isNear = Math.abs((above.x ?? 0) - (name.x ?? 0)) < kNameWidth && name.y - above.y < kNameHeight;
      if (isNear) name.y = above.y + kNameHeight;
    }
  }
  return sorted;
}

/** The end of an axis that holds the value, and the distance of its lines: 1, 2 or 5 times a power of ten. */
function scale(value) {
  const power = 10 ** Math.floor(Math.log10(value / 4));
  const step = power * [1, 2, 5, 10].find((factor) => value / (power * factor) <= 5);
  return { step, top: Math.ceil(value / step) * step };
}

const round = (value) => Math.round(value * 10) / 10;
