// Saves the arcs on view as SVG, as PNG, or as the head's numbers.
import { download } from "../../view/download.ts";
import { type Reading, weightsFrom } from "../numbers/reading.ts";
import { type Colours, draw, type Picture, pictureOf, toSvg } from "../picture/picture.ts";
import type { ArcsView } from "./arcs_view.ts";
import { headName } from "./words.ts";

const SCALE = 2; // sharp on dense screens and in print
const MOST_PIXELS = 8000; // in height; more than some browsers' canvases hold

/** What the page itself is drawn in, so that a dark page gives a dark picture. */
function coloursOf(panel: HTMLElement, drawing: Element): Colours {
  const { backgroundColor: ground, color: ink } = getComputedStyle(panel);
  return { ground, ink, curve: getComputedStyle(drawing).stroke };
}

function png(picture: Picture): Promise<Blob | null> {
  const scale = Math.min(SCALE, MOST_PIXELS / picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  draw(picture, context, scale);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

export interface OnView {
  reading: Reading;
  layer: number;
  head: number;
  token: number | undefined;
}

const fileName = ({ layer, head }: OnView, ending: string) => `attention-layer-${layer + 1}-head-${head + 1}.${ending}`;

export async function savePicture(
  kind: "svg" | "png",
  onView: OnView,
  arcs: ArcsView,
  panel: HTMLElement,
): Promise<void> {
  const { reading, layer, head, token } = onView;
  const picture = pictureOf(
    {
      title: headName(layer, head),
      sentence: reading.text,
      tokens: reading.tokens,
      arcs: arcs.arcs().arcs,
      chosen: token,
    },
    coloursOf(panel, arcs.drawing),
  );
  const content = kind === "svg" ? new Blob([toSvg(picture)], { type: "image/svg+xml" }) : await png(picture);
  if (content) download(fileName(onView, kind), content);
}

/** The drawn tokens and the head's weights, `weights[from][to]`. */
export function saveNumbers(onView: OnView): void {
  const { reading, layer, head } = onView;
  const weights = reading.tokens.map((_, from) => Array.from(weightsFrom(reading, layer, head, from)));
  const content = { text: reading.text, layer: layer + 1, head: head + 1, tokens: reading.tokens, weights };
  download(fileName(onView, "json"), new Blob([JSON.stringify(content)], { type: "application/json" }));
}
