// Plots as SVG, to be put into a page of the documentation: its style sheet has the colours, light and dark (`.plot`).

const [width, height] = [760, 340];
const [kLetterWidth, kNameHeight, kDot] = [6.4, 14, 7];
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
 *   axis?: typeof shares, from?: number }} chart `axis`: that of x; `from`: where that of y begins
 */
export function pointsSvg({ title, x: xLabel, y: yLabel, points, axis = shares, from = 0 }) {
  const bottom = height - plot.bottom;
  const xs = axis.of(points.map((point) => point.x));
  const ys = scale(Math.max(...points.map((point) => point.y)) - from);
  const x = (value) => plot.left + xs.place(value) * (width - plot.left - plot.right);
  const y = (value) => bottom - ((value - from) / ys.top) * (bottom - plot.top);
  const steps = ({ top, step }) => Array.from({ length: Math.round(top / step) + 1 }, (_, i) => from + i * step);
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
  const dots = points.map((point) => ({ x: x(point.x), y: y(point.y) }));
  const labels = dots.map((dot, i) => ({ i, x: dot.x + 11, y: dot.y, width: kLetterWidth * points[i].title.length }));
  const drawn = points.map(
    (point) =>
      `<circle class="c${point.colour}" cx="${round(x(point.x))}" cy="${round(y(point.y))}" r="${point.strong ? 7 : 5}"/>`,
  );
  const names = apart(labels, dots).map(({ i, x: start, y: place }) => {
    const point = points[i];
    const [dot, end] = [dots[i], `${round(start - 2)} ${round(place)}`];
    const lead =
      place - dot.y > kDot ? `<path class="curve c${point.colour}" d="M${round(dot.x)} ${round(dot.y)}L${end}"/>` : "";
    return `${lead}<text x="${round(start)}" y="${round(place + 4)}" class="name c${point.colour}${point.strong ? " title" : ""}">${point.title}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" class="plot" role="img" aria-label="${title}">
<text x="${plot.left}" y="18" class="title">${title}</text>
<text x="${plot.left}" y="36">${yLabel}</text>
${[...grid, ...drawn, ...names].join("\n")}
<text x="${round((plot.left + width - plot.right) / 2)}" y="${height - 8}" class="middle">${xLabel}</text>
</svg>
`;
}

/**
 * Names that cover neither each other nor dots: one that would moves down.
 * @param {{ i: number, x?: number, y: number, width?: number }[]} names; without x and width all stand in one column
 * @param {{ x: number, y: number }[]} dots by `i`, each with its own name beside it
 */
function apart(names, dots = []) {
  const placed = [];
  for (const name of names.toSorted((a, b) => a.y - b.y)) {
    const { x = 0, width: long = 1 } = name;
    const covers = (other) => x < (other.x ?? 0) + (other.width ?? 1) && (other.x ?? 0) < x + long;
    const isOver = (dot, i) => i !== name.i && dot.x > x - kDot && dot.x < x + long + kDot;
    const isTaken = () =>
      placed.some((other) => covers(other) && Math.abs(name.y - other.y) < kNameHeight) ||
      dots.some((dot, i) => isOver(dot, i) && Math.abs(name.y - dot.y) < kNameHeight / 2 + 4);
    while (isTaken()) name.y++;
    placed.push(name);
  }
  return placed;
}

/** The end of an axis that holds the value, and the distance of its lines: 1, 2 or 5 times a power of ten. */
function scale(value) {
  const power = 10 ** Math.floor(Math.log10(value / 4));
  const step = power * [1, 2, 5, 10].find((factor) => value / (power * factor) <= 5);
  return { step, top: Math.ceil(value / step) * step };
}

const round = (value) => Math.round(value * 10) / 10;
