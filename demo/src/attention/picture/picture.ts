// The arcs as a picture to keep: lines of text and curves, written as SVG or drawn on a canvas.
import { type Arc, arcOpacity, arcPath, arcWidth, type Field } from "./arcs.ts";

interface TextItem {
  text: string;
  x: number;
  /** The base line. */
  y: number;
  size: number;
  anchor: "start" | "end";
  bold?: boolean;
}

interface CurveItem {
  /** SVG path data. */
  path: string;
  width: number;
  opacity: number;
}

export interface Colours {
  ground: string;
  ink: string;
  curve: string;
}

export interface Picture {
  width: number;
  height: number;
  colours: Colours;
  texts: TextItem[];
  curves: CurveItem[];
}

export interface PictureOf {
  title: string;
  sentence: string;
  tokens: readonly string[];
  arcs: readonly Arc[];
  /** The token whose arcs these are, if they are one token's. */
  chosen?: number | undefined;
}

const WIDTH = 720;
const MARGIN = 32;
const COLUMN = 190; // for the tokens of each side
const ROW = 28;
const TOP = 104; // title and sentence
const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}\u2026` : text);

export function pictureOf({ title, sentence, tokens, arcs, chosen }: PictureOf, colours: Colours): Picture {
  const field: Field = { left: MARGIN + COLUMN, right: WIDTH - MARGIN - COLUMN, top: TOP, rowHeight: ROW };
  const texts: TextItem[] = [
    { text: title, x: MARGIN, y: 48, size: 22, anchor: "start", bold: true },
    { text: shortened(sentence, 90), x: MARGIN, y: 74, size: 14, anchor: "start" },
  ];
  for (const [i, token] of tokens.entries()) {
    const y = TOP + (i + 0.5) * ROW + 5;
    const text = shortened(token, 22);
    texts.push({ text, x: field.left - 10, y, size: 15, anchor: "end", bold: i === chosen });
    texts.push({ text, x: field.right + 10, y, size: 15, anchor: "start" });
  }
  const curves = arcs.map((arc) => ({
    path: arcPath(arc, field),
    width: arcWidth(arc.weight),
    opacity: arcOpacity(arc.weight),
  }));
  return { width: WIDTH, height: TOP + tokens.length * ROW + MARGIN, colours, texts, curves };
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML can write white space, and no other control characters. */
const escaped = (text: string) => text.replace(/[&<>"]|[^\P{Cc}\s]/gu, (character) => ENTITIES[character] ?? "\ufffd");

export function toSvg({ width, height, colours, texts, curves }: Picture): string {
  const lines = curves.map(
    ({ path, width: stroke, opacity }) =>
      `<path d="${path}" stroke-width="${stroke.toFixed(2)}" stroke-opacity="${opacity.toFixed(3)}"/>`,
  );
  const words = texts.map(
    ({ text, x, y, size, anchor, bold }) =>
      `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ""}>${escaped(text)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>`,
    `<g fill="none" stroke="${colours.curve}" stroke-linecap="round">`,
    ...lines,
    "</g>",
    `<g fill="${colours.ink}" font-family="${FONT}">`,
    ...words,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

type Context = Pick<
  CanvasRenderingContext2D,
  | "scale"
  | "fillRect"
  | "fillText"
  | "stroke"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "globalAlpha"
  | "font"
  | "textAlign"
>;

/** @param scale picture elements for each unit of the picture */
export function draw({ width, height, colours, texts, curves }: Picture, context: Context, scale: number): void {
  context.scale(scale, scale);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, width, height);
  context.strokeStyle = colours.curve;
  context.lineCap = "round";
  for (const { path, width: stroke, opacity } of curves) {
    context.lineWidth = stroke;
    context.globalAlpha = opacity;
    context.stroke(new Path2D(path));
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.ink;
  for (const { text, x, y, size, anchor, bold } of texts) {
    context.font = `${bold ? 700 : 400} ${size}px "Inter Variable", ${FONT}`;
    context.textAlign = anchor;
    context.fillText(text, x, y);
  }
}
