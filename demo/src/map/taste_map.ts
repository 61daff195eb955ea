// The map of all programs with the person's interests on it: holds what is shown, and draws when that changes.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { IconPictures } from "../catalogue/icon_sheets.ts";
import { wantsLessMotion } from "../view/glide.ts";
import { listen } from "./gestures.ts";
import { MapTip } from "./map_tip.ts";
import { Painter } from "./painter.ts";
import { landmarks, nearestTo, nextTowards, type SectionLabel, sectionLabels } from "./places.ts";
import { type Region, regionsBetween } from "./regions.ts";
import {
  between,
  lookAt,
  MOST_ZOOM,
  type Point,
  panBy,
  resize,
  toScreen,
  type Viewport,
  wholeMap,
  zoomAt,
} from "./viewport.ts";

export interface MapActions {
  open(index: number): void;
  /** An item was reached by keys: screen readers want to know. */
  tell(text: string): void;
}

const MOVE_MS = 750;
const GAP = 32; // CSS px between two pictures
const PICTURE_LEVELS = 3; // choices of pictures per doubling of the zoom
const ROOMY = 600; // CSS px of width from which the map has room for more pictures
const REACH = 22; // CSS px around a pointer
const MOST_PICTURES_AT_FIRST = 72; // within the first sheets, which the first cards need anyway

const ease = (share: number) => 1 - (1 - share) ** 3;

export class TasteMap {
  readonly #canvas: HTMLCanvasElement;
  readonly #catalogue: Catalogue;
  readonly #places: readonly Point[];
  readonly #actions: MapActions;
  readonly #painter: Painter;
  readonly #tip: MapTip;
  readonly #labels: readonly SectionLabel[];
  #viewport = wholeMap(1, 1);
  #screen: Point[] = [];
  #pictures: number[] = [];
  #pictureLevel = "";
  #from: readonly Region[] = [];
  #regions: readonly Region[] = [];
  #moveStart = 0;
  #flight: { from: Viewport; to: Viewport; start: number } | undefined;
  #liked: ReadonlySet<number> = new Set();
  #hits: ReadonlySet<number> = new Set();
  #hovered: number | undefined;
  #frame = 0;

  /** @param container the focusable element that holds the canvas */
  constructor(container: HTMLElement, catalogue: Catalogue, places: readonly Point[], actions: MapActions) {
    this.#canvas = document.createElement("canvas");
    this.#catalogue = catalogue;
    this.#places = places;
    this.#actions = actions;
    this.#painter = new Painter(this.#canvas, catalogue, new IconPictures(() => this.#draw()));
    this.#labels = sectionLabels(catalogue, places);
    this.#tip = new MapTip(container, catalogue);
    container.prepend(this.#canvas);
    new ResizeObserver(([entry]) => {
      if (entry) this.#resize(entry.contentRect.width, entry.contentRect.height);
    }).observe(container);
    listen(
      container,
      {
        zoom: (at, factor) => this.#look(zoomAt(this.#viewport, at, factor)),
        pan: (dx, dy) => this.#look(panBy(this.#viewport, dx, dy)),
        point: (at) => this.#hover(at && nearestTo(this.#screen, at, REACH)),
        press: (at, byTouch) => this.#press(nearestTo(this.#screen, at, REACH), byTouch),
        step: (direction) => this.#step(direction),
        open: () => this.#hovered !== undefined && actions.open(this.#hovered),
        zoomMiddle: (factor) => this.zoomBy(factor),
        leave: () => this.#hover(undefined),
      },
      () => container.closest("dialog") !== null,
    );
  }

  get regions(): readonly Region[] {
    return this.#regions;
  }

  /** Shows other interests: regions glide to their new places. */
  setRegions(regions: readonly Region[]): void {
    this.#from = this.#movingRegions(performance.now());
    this.#regions = regions;
    this.#moveStart = performance.now();
    this.#draw();
  }

  /** These are shown with pictures, whatever is around them. */
  setLiked(items: Iterable<number>): void {
    this.#liked = new Set(items);
    this.#draw();
  }

  /** These are shown as bright dots. */
  setHits(items: Iterable<number>): void {
    this.#hits = new Set(items);
    this.#draw();
  }

  zoomBy(factor: number): void {
    const { width, height } = this.#viewport;
    const held = this.#hovered === undefined ? undefined : this.#screen[this.#hovered];
    this.#fly(zoomAt(this.#flight?.to ?? this.#viewport, held ?? { x: width / 2, y: height / 2 }, factor));
  }

  showAll(): void {
    this.#fly(lookAt(this.#viewport, { x: 0.5, y: 0.5 }, 1));
  }

  /** Looks at one region from near. */
  showRegion(slot: number): void {
    const region = this.#regions.find((each) => each.slot === slot);
    if (!region) return;
    const zoom = Math.min(MOST_ZOOM, 0.34 / Math.max(region.radii.x, region.radii.y));
    this.#fly(lookAt(this.#viewport, region.center, zoom));
  }

  #fly(to: Viewport): void {
    if (wantsLessMotion()) {
      this.#look(to);
      return;
    }
    this.#flight = { from: this.#viewport, to, start: performance.now() };
    this.#draw();
  }

  #look(viewport: Viewport): void {
    this.#flight = undefined;
    this.#setViewport(viewport);
    this.#draw();
  }

  #setViewport(viewport: Viewport): void {
    const { width, height, zoom } = viewport;
    this.#viewport = viewport;
    this.#screen = this.#places.map((place) => toScreen(viewport, place));
    const level = `${width} ${height} ${Math.round(PICTURE_LEVELS * Math.log2(zoom))}`;
    if (level !== this.#pictureLevel) {
      this.#pictureLevel = level;
      const isSmall = zoom === 1 && width < ROOMY;
      const order = isSmall ? Array.from({ length: MOST_PICTURES_AT_FIRST }, (_, i) => i) : this.#places.keys();
      const gap = isSmall ? GAP : Math.max(1.7, Math.min(2.2, zoom)) * GAP;
      this.#pictures = landmarks(this.#places, order, { x: width * zoom, y: height * zoom }, gap);
    }
    this.#tip.move(this.#hovered === undefined ? undefined : this.#screen[this.#hovered]);
  }

  #resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    if (this.#flight) {
      const { from, to, start } = this.#flight;
      this.#flight = { from: resize(from, width, height), to: resize(to, width, height), start };
    }
    this.#setViewport(resize(this.#viewport, width, height));
    this.#paint();
  }

  #hover(item: number | undefined): void {
    if (item === this.#hovered) return;
    this.#hovered = item;
    this.#canvas.style.cursor = item === undefined ? "" : "pointer";
    this.#tip.show(item, item === undefined ? undefined : this.#screen[item]);
    this.#draw();
  }

  #press(item: number | undefined, byTouch: boolean): void {
    // A finger cannot point before it presses: the first tap shows what is there, the second opens it.
    if (byTouch && item !== this.#hovered) this.#hover(item);
    else if (item !== undefined) this.#actions.open(item);
  }

  #step(direction: Point): void {
    const middle = { x: this.#viewport.width / 2, y: this.#viewport.height / 2 };
    const from = this.#hovered;
    const item =
      from === undefined
        ? nearestTo(this.#screen, middle, Number.POSITIVE_INFINITY)
        : nextTowards(this.#screen, from, direction);
    const program = item === undefined ? undefined : this.#catalogue.programs[item];
    if (item === undefined || !program) return;
    this.#hover(item);
    const { x, y } = this.#screen[item] as Point;
    const { width, height } = this.#viewport;
    const edge = 30;
    if (x < edge || y < edge || x > width - edge || y > height - edge) {
      this.#look(lookAt(this.#viewport, this.#places[item] as Point, this.#viewport.zoom));
    }
    this.#actions.tell(`${program.name}: ${program.summary}`);
  }

  #movingRegions(now: number): readonly Region[] {
    const share = wantsLessMotion() ? 1 : Math.min(1, (now - this.#moveStart) / MOVE_MS);
    return share < 1 ? regionsBetween(this.#from, this.#regions, ease(share)) : this.#regions;
  }

  #draw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const now = performance.now();
    if (this.#flight) {
      const { from, to, start } = this.#flight;
      const share = Math.min(1, (now - start) / MOVE_MS);
      this.#setViewport(between(from, to, ease(share)));
      if (share === 1) this.#flight = undefined;
    }
    const regions = this.#movingRegions(now);
    this.#painter.draw(
      {
        viewport: this.#viewport,
        places: this.#places,
        screen: this.#screen,
        labels: this.#labels,
        regions,
        pictures: this.#pictures,
        liked: this.#liked,
        hits: this.#hits,
        hovered: this.#hovered,
      },
      devicePixelRatio,
    );
    if (this.#flight || regions !== this.#regions) this.#draw();
  }
}
