// Which arcs are drawn and how: from the looking tokens on the left to the tokens that are looked at on the right.

export interface Arc {
  from: number;
  to: number;
  weight: number;
}

/** One token, on the side where it looks or on the side where it is looked at. */
export interface End {
  side: "from" | "to";
  token: number;
}

export interface Choice {
  /** Only arcs at this token. */
  only?: End | undefined;
  /** Tokens that take no part. */
  without?: ((token: number) => boolean) | undefined;
  /** Lighter arcs are left out. */
  floor: number;
  /** Of more arcs than this the lightest are left out. */
  most: number;
}

export interface ChosenArcs {
  /** Light ones first, so that heavy ones are drawn over them. */
  arcs: Arc[];
  /** How many were left out because they are too many. */
  leftOut: number;
}

/** @param weights one head's, [n, n] */
export function chooseArcs(weights: Float32Array, n: number, { only, without, floor, most }: Choice): ChosenArcs {
  const arcs: Arc[] = [];
  for (let from = 0; from < n; from++) {
    if (without?.(from) || (only?.side === "from" && only.token !== from)) continue;
    for (let to = 0; to < n; to++) {
      if (without?.(to) || (only?.side === "to" && only.token !== to)) continue;
      const weight = weights[from * n + to] as number;
      if (weight >= floor) arcs.push({ from, to, weight });
    }
  }
  arcs.sort((a, b) => a.weight - b.weight || a.from - b.from || a.to - b.to);
  const leftOut = Math.max(0, arcs.length - most);
  return { arcs: arcs.slice(leftOut), leftOut };
}

/** Where the arcs run, in pixels: between two columns of tokens, one row for each token. */
export interface Field {
  left: number;
  right: number;
  top: number;
  rowHeight: number;
}

/** An S-shaped curve from the middle of one row to that of another, level at both ends; SVG path data. */
export function arcPath({ from, to }: Pick<Arc, "from" | "to">, { left, right, top, rowHeight }: Field): string {
  const half = (left + right) / 2;
  const start = top + (from + 0.5) * rowHeight;
  const end = top + (to + 0.5) * rowHeight;
  return `M${left} ${start}C${half} ${start} ${half} ${end} ${right} ${end}`;
}

/** In pixels: a hair for the lightest, thick for all of the weight. */
export const arcWidth = (weight: number) => 1 + 7 * weight;

/** Light arcs stay visible, heavy ones stand out. */
export const arcOpacity = (weight: number) => Math.min(1, 0.15 + 0.85 * Math.sqrt(weight));
