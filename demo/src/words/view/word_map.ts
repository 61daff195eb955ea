// Words as points on a dark map: they glide to new places, have labels where there is room, and can be zoomed into.
import { COLOURS, colourOf } from "../../map/colours.ts";
import { listen } from "../../map/gestures.ts";
import { nearestTo, nextTowards } from "../../map/places.ts";
import { lookAt, type Point, panBy, resize, toScreen, type Viewport, wholeMap, zoomAt } from "../../map/viewport.ts";
import { wantsLessMotion } from "../../view/glide.ts";

export interface MapActions {
  /** A word was pressed. */
  open(word: string): void;
  /** A word was reached by keys: screen readers want to know. */
  tell(text: string): void;
}

const GLIDE_MS = 700;
const REACH = 24; // CSS px around a pointer
const RADIUS = 3.2;
const FONT = '550 13px "Inter Variable", system-ui, sans-serif';
const LABEL_HEIGHT = 16;
const UNGROUPED = "#9fb8ad";

const ease = (share: number) => 1 - (1 - share) ** 3;

interface Dot {
  word: string;
  from: Point;
  to: Point;
}

export class WordMap {
  readonly #container: HTMLElement;
  readonly #canvas = document.createElement("canvas");
  readonly #context = this.#canvas.getContext("2d") as CanvasRenderingContext2D;
  readonly #groupOf: ReadonlyMap<string, number>;
  readonly #actions: MapActions;
  readonly #widths = new Map<string, number>();
  #viewport: Viewport = wholeMap(1, 1);
  #dots: Dot[] = [];
  #start = 0;
  #glide = GLIDE_MS;
  #screen: Point[] = [];
  #marked: ReadonlySet<string> = new Set();
  #hovered: string | undefined;
  #frame = 0;

  /**
   * @param container the focusable element that holds the canvas
   * @param groupOf the group whose colour a word has
   */
  constructor(container: HTMLElement, groupOf: ReadonlyMap<string, number>, actions: MapActions) {
    this.#container = container;
    this.#groupOf = groupOf;
    this.#actions = actions;
    container.prepend(this.#canvas);
    new ResizeObserver(([entry]) => {
      if (entry) this.#resize(entry.contentRect.width, entry.contentRect.height);
    }).observe(container);
    listen(
      container,
      {
        zoom: (at, factor) => this.#look(zoomAt(this.#viewport, at, factor)),
        pan: (dx, dy) => this.#look(panBy(this.#viewport, dx, dy)),
        point: (at) => this.#hover(at && this.#wordAt(at)),
        press: (at) => this.#press(this.#wordAt(at)),
        step: (direction) => this.#step(direction),
        open: () => this.#press(this.#hovered),
        zoomMiddle: (factor) => this.zoomBy(factor),
        leave: () => this.#hover(undefined),
      },
      () => false,
    );
    document.fonts.ready.then(() => {
      this.#widths.clear();
      this.#draw();
    });
  }

  /** @param places [words, 2] in the square from 0 to 1. @param glide milliseconds to get there */
  show(words: readonly string[], places: Float32Array, glide = GLIDE_MS): void {
    const now = performance.now();
    const before = new Map(this.#dots.map((dot) => [dot.word, this.#placeOf(dot, now)]));
    this.#dots = words.map((word, i) => {
      const to = { x: places[2 * i] as number, y: places[2 * i + 1] as number };
      return { word, from: before.get(word) ?? to, to };
    });
    this.#start = now;
    this.#glide = wantsLessMotion() ? 0 : glide;
    this.#draw();
  }

  /** These are drawn bright, and labelled first. */
  setMarked(words: Iterable<string>): void {
    this.#marked = new Set(words);
    this.#draw();
  }

  zoomBy(factor: number): void {
    const { width, height } = this.#viewport;
    this.#look(zoomAt(this.#viewport, { x: width / 2, y: height / 2 }, factor));
  }

  showAll(): void {
    this.#look(lookAt(this.#viewport, { x: 0.5, y: 0.5 }, 1));
  }

  #placeOf({ from, to }: Dot, now: number): Point {
    const share = this.#glide > 0 ? ease(Math.min(1, (now - this.#start) / this.#glide)) : 1;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  }

  #wordAt(at: Point): string | undefined {
    const i = nearestTo(this.#screen, at, REACH);
    return i === undefined ? undefined : this.#dots[i]?.word;
  }

  #look(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#draw();
  }

  #resize(width: number, height: number): void {
    if (width === 0 || height === 0) return;
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    this.#viewport = resize(this.#viewport, width, height);
    this.#paint();
  }

  #hover(word: string | undefined): void {
    if (word === this.#hovered) return;
    this.#hovered = word;
    this.#container.style.cursor = word === undefined ? "" : "pointer";
    this.#draw();
  }

  #press(word: string | undefined): void {
    if (word === undefined) return;
    this.#hover(word);
    this.#actions.open(word);
  }

  #step(direction: Point): void {
    const { width, height } = this.#viewport;
    const from = this.#dots.findIndex(({ word }) => word === this.#hovered);
    const next =
      from < 0
        ? nearestTo(this.#screen, { x: width / 2, y: height / 2 }, Number.POSITIVE_INFINITY)
        : nextTowards(this.#screen, from, direction);
    const dot = next === undefined ? undefined : this.#dots[next];
    if (!dot) return;
    this.#hover(dot.word);
    const { x, y } = this.#screen[next as number] as Point;
    if (x < 30 || y < 30 || x > width - 30 || y > height - 30) {
      this.#look(lookAt(this.#viewport, dot.to, this.#viewport.zoom));
    }
    this.#actions.tell(dot.word);
  }

  #draw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const now = performance.now();
    const { width, height } = this.#viewport;
    const context = this.#context;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#screen = this.#dots.map((dot) => toScreen(this.#viewport, this.#placeOf(dot, now)));
    for (const [i, { word }] of this.#dots.entries()) this.#dot(word, this.#screen[i] as Point);
    this.#labels();
    if (now - this.#start < this.#glide) this.#draw();
  }

  #colour(word: string): string {
    const group = this.#groupOf.get(word);
    return group === undefined ? UNGROUPED : colourOf(group);
  }

  #dot(word: string, { x, y }: Point): void {
    const isBright = this.#marked.has(word) || word === this.#hovered;
    this.#context.beginPath();
    this.#context.arc(x, y, isBright ? RADIUS + 2 : RADIUS, 0, 2 * Math.PI);
    this.#context.globalAlpha = isBright || this.#marked.size === 0 ? 1 : 0.8;
    this.#context.fillStyle = isBright ? COLOURS.hit : this.#colour(word);
    this.#context.fill();
    this.#context.globalAlpha = 1;
  }

  /** Labels that do not lie on each other; what is pointed at and what is marked come first. */
  #labels(): void {
    const context = this.#context;
    context.font = FONT;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = COLOURS.halo;
    const rank = ({ word }: Dot) => (word === this.#hovered ? 0 : this.#marked.has(word) ? 1 : 2);
    const order = Array.from(this.#dots.keys()).sort(
      (a, b) => rank(this.#dots[a] as Dot) - rank(this.#dots[b] as Dot) || a - b,
    );
    const taken: [left: number, top: number, right: number, bottom: number][] = [];
    for (const i of order) {
      const { word } = this.#dots[i] as Dot;
      const { x, y } = this.#screen[i] as Point;
      const width = this.#widthOf(word);
      const isRight = x + 8 + width < this.#viewport.width;
      const left = isRight ? x + 8 : x - 8 - width;
      const box = [left - 3, y - LABEL_HEIGHT / 2, left + width + 3, y + LABEL_HEIGHT / 2] as const;
      const isFree = taken.every(([l, t, r, b]) => box[0] > r || box[2] < l || box[1] > b || box[3] < t);
      if (!isFree && word !== this.#hovered) continue;
      taken.push([...box]);
      context.strokeText(word, left, y);
      context.fillStyle = rank(this.#dots[i] as Dot) < 2 ? COLOURS.hit : this.#colour(word);
      context.fillText(word, left, y);
    }
  }

  #widthOf(word: string): number {
    const known = this.#widths.get(word);
    if (known !== undefined) return known;
    const { width } = this.#context.measureText(word);
    this.#widths.set(word, width);
    return width;
  }
}
