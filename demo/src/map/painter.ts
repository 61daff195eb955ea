// Draws the map: regions glow underneath, every program is a dot, and those with room around them show their picture.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { type IconPictures, iconPlace } from "../catalogue/icon_sheets.ts";
import { COLOURS, colourOf, dotColour, labelColour, litColour } from "./colours.ts";
import type { SectionLabel } from "./places.ts";
import type { Region } from "./regions.ts";
import { type Point, toScreen, type Viewport } from "./viewport.ts";

export interface Scene {
  viewport: Viewport;
  places: readonly Point[];
  /** The same places on the screen. */
  screen: readonly Point[];
  labels: readonly SectionLabel[];
  regions: readonly Region[];
  /** Items shown as pictures. */
  pictures: readonly number[];
  liked: ReadonlySet<number>;
  /** What the list shows: a search's hits or the recommendations. */
  hits: ReadonlySet<number>;
  hovered: number | undefined;
}

const FULL_TURN = 2 * Math.PI;
const PICTURE = 20; // CSS px
const NAMES_FROM_ZOOM = 3.4;
const LABELS_UP_TO_ZOOM = 3.4;
const LONGEST_NAME = 18;
const LEAST_REGION = 32; // CSS px of radius, so that it shows around a picture
const LABEL_WIDTH = 84; // CSS px
const LABEL_HEIGHT = 18;
const GLOW = 1.8; // of a region, in its radii

export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #catalogue: Catalogue;
  readonly #icons: IconPictures;
  readonly #sectionOf: number[];

  constructor(canvas: HTMLCanvasElement, catalogue: Catalogue, icons: IconPictures) {
    this.#context = canvas.getContext("2d") as CanvasRenderingContext2D;
    this.#catalogue = catalogue;
    this.#icons = icons;
    this.#sectionOf = catalogue.programs.map(({ sections }) => catalogue.sections.indexOf(sections[0] ?? ""));
  }

  draw(scene: Scene, pixelRatio: number): void {
    const context = this.#context;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, scene.viewport.width, scene.viewport.height);
    for (const region of scene.regions) this.#glow(region, scene.viewport);
    this.#dots(scene);
    for (const region of scene.regions) this.#outline(region, scene.viewport);
    this.#pictures(scene);
    this.#labels(scene);
    for (const item of scene.liked) this.#picture(scene, item, COLOURS.liked, 1.15);
    if (scene.hovered !== undefined) this.#picture(scene, scene.hovered, COLOURS.hovered, 1.35);
  }

  /** Runs `draw` in coordinates where the region is the circle of radius 1. */
  #within({ center, radii, angle }: Region, viewport: Viewport, draw: () => void): void {
    const { x, y } = toScreen(viewport, center);
    const [width, height] = [viewport.width * viewport.zoom, viewport.height * viewport.zoom];
    const least = LEAST_REGION / Math.min(width, height);
    this.#context.save();
    this.#context.translate(x, y);
    this.#context.scale(width, height);
    this.#context.rotate(angle);
    this.#context.scale(Math.max(radii.x, least), Math.max(radii.y, least));
    draw();
    this.#context.restore();
  }

  #glow(region: Region, viewport: Viewport): void {
    const context = this.#context;
    this.#within(region, viewport, () => {
      const glow = context.createRadialGradient(0, 0, 0, 0, 0, GLOW);
      glow.addColorStop(0, colourOf(region.slot));
      glow.addColorStop(1, "rgb(0 0 0 / 0%)");
      context.globalAlpha = region.strength ** 0.5 * (0.2 + 0.35 * region.strength);
      context.globalCompositeOperation = "screen";
      context.fillStyle = glow;
      context.beginPath();
      context.arc(0, 0, GLOW, 0, FULL_TURN);
      context.fill();
    });
  }

  #outline(region: Region, viewport: Viewport): void {
    const context = this.#context;
    context.beginPath();
    this.#within(region, viewport, () => context.arc(0, 0, 1, 0, FULL_TURN));
    context.globalAlpha = region.strength ** 0.5 * 0.85;
    context.lineWidth = 1.5;
    context.strokeStyle = colourOf(region.slot);
    context.stroke();
    context.globalAlpha = 1;
  }

  /** One path per colour: thousands of dots cost little that way. */
  #dots({ viewport, places, screen, regions, hits }: Scene): void {
    const context = this.#context;
    const radius = viewport.width ** 0.5 / 15 + 0.35 * (viewport.zoom - 1) ** 0.5;
    const paths = new Map<string, Path2D>();
    for (const [item, { x, y }] of screen.entries()) {
      if (x < -4 || y < -4 || x > viewport.width + 4 || y > viewport.height + 4) continue;
      const isHit = hits.has(item);
      const isLit = regions.some((each) => holds(each, places[item] as Point));
      const section = this.#sectionOf[item] as number;
      const count = this.#catalogue.sections.length;
      const colour = isHit ? COLOURS.hit : isLit ? litColour(section, count) : dotColour(section, count);
      const path = paths.get(colour) ?? new Path2D();
      paths.set(colour, path);
      const size = isHit ? radius + 0.7 : isLit ? radius + 0.3 : radius;
      path.moveTo(x + size, y);
      path.arc(x, y, size, 0, FULL_TURN);
    }
    for (const [colour, path] of paths) {
      context.fillStyle = colour;
      context.fill(path);
    }
  }

  /** Pictures of well-known programs, where no section's name stands. */
  #pictures(scene: Scene): void {
    const { viewport, screen, labels, liked } = scene;
    const names = viewport.zoom > LABELS_UP_TO_ZOOM ? [] : labels.map(({ place }) => toScreen(viewport, place));
    const isFree = ({ x, y }: Point) =>
      names.every((name) => Math.abs(name.x - x) > LABEL_WIDTH / 2 || Math.abs(name.y - y) > LABEL_HEIGHT);
    for (const item of scene.pictures) {
      if (!liked.has(item) && isFree(screen[item] as Point)) this.#picture(scene, item, COLOURS.plateEdge, 1);
    }
  }

  #picture({ viewport, screen }: Scene, item: number, edge: string, scale: number): void {
    const context = this.#context;
    const at = screen[item];
    const program = this.#catalogue.programs[item];
    if (!at || !program || at.x < -PICTURE || at.y < -PICTURE) return;
    if (at.x > viewport.width + PICTURE || at.y > viewport.height + PICTURE) return;
    const size = PICTURE * scale;
    context.beginPath();
    context.arc(at.x, at.y, size * 0.68, 0, FULL_TURN);
    context.fillStyle = COLOURS.plate;
    context.fill();
    context.lineWidth = edge === COLOURS.plateEdge ? 1 : 2;
    context.strokeStyle = edge;
    context.stroke();
    this.#icon(item, at, size * 0.92);
    if (viewport.zoom >= NAMES_FROM_ZOOM) this.#name(program.name, at.x, at.y + size * 0.68 + 10);
  }

  #icon(item: number, { x, y }: Point, size: number): void {
    const { icons, programs } = this.#catalogue;
    const program = programs[item];
    const { sheet, column, row } = iconPlace(item, icons);
    const image = program?.hasIcon ? this.#icons.sheet(sheet) : undefined;
    const context = this.#context;
    if (image) {
      const tile = icons.tile;
      context.drawImage(image, column * tile, row * tile, tile, tile, x - size / 2, y - size / 2, size, size);
    } else if (!program?.hasIcon) {
      context.font = `700 ${size * 0.6}px "Bricolage Grotesque Variable", sans-serif`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = COLOURS.name;
      context.fillText(program?.name[0]?.toUpperCase() ?? "", x, y + 1);
    }
  }

  #name(name: string, x: number, y: number): void {
    const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}\u2026` : name;
    const context = this.#context;
    context.font = '500 11px "Inter Variable", sans-serif';
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = COLOURS.name;
    context.fillText(shown, x, y);
  }

  /** Names of sections; where two would overlap, the first stays, and none lies under what the person likes. */
  #labels({ viewport, labels, screen, liked }: Scene): void {
    if (viewport.zoom > LABELS_UP_TO_ZOOM) return;
    const taken: Point[] = [];
    for (const { section, place } of labels) {
      const { x, y: middle } = toScreen(viewport, place);
      const isCovered = Array.from(liked, (item) => screen[item] as Point).some(
        (at) => Math.abs(at.x - x) < LABEL_WIDTH / 2 && Math.abs(at.y - middle) < LABEL_HEIGHT,
      );
      const y = isCovered ? middle - 1.5 * LABEL_HEIGHT : middle;
      if (taken.some((other) => Math.abs(other.x - x) < LABEL_WIDTH && Math.abs(other.y - y) < LABEL_HEIGHT)) continue;
      taken.push({ x, y });
      const number = this.#catalogue.sections.indexOf(section);
      const colour = labelColour(number, this.#catalogue.sections.length);
      this.#text(section, x, y, '650 13px "Bricolage Grotesque Variable", sans-serif', colour);
    }
  }

  #text(text: string, x: number, y: number, font: string, colour: string): void {
    const context = this.#context;
    context.font = font;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = COLOURS.halo;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
  }
}

/** Whether a place lies in a region that is strong enough to be seen. */
function holds({ center, radii, angle, strength }: Region, { x, y }: Point): boolean {
  if (strength < 0.05) return false;
  const [dx, dy] = [x - center.x, y - center.y];
  const along = dx * Math.cos(angle) + dy * Math.sin(angle);
  const across = dy * Math.cos(angle) - dx * Math.sin(angle);
  return (along / radii.x) ** 2 + (across / radii.y) ** 2 <= 1;
}
