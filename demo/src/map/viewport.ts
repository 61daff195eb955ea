// Which part of the map is in the window, and how places on the map become places on the screen. The map is the square from 0 to 1;
// it is stretched to the canvas, since distances on it have no unit.

export interface Point {
  x: number;
  y: number;
}

export interface Viewport {
  /** Size of the canvas in CSS pixels. */
  width: number;
  height: number;
  /** 1 shows the whole map. */
  zoom: number;
  /** Place on the map in the middle of the canvas. */
  center: Point;
}

export const MOST_ZOOM = 12;

export const wholeMap = (width: number, height: number): Viewport => ({
  width,
  height,
  zoom: 1,
  center: { x: 0.5, y: 0.5 },
});

export const toScreen = ({ width, height, zoom, center }: Viewport, { x, y }: Point): Point => ({
  x: width / 2 + (x - center.x) * width * zoom,
  y: height / 2 + (y - center.y) * height * zoom,
});

export const toMap = ({ width, height, zoom, center }: Viewport, { x, y }: Point): Point => ({
  x: center.x + (x - width / 2) / (width * zoom),
  y: center.y + (y - height / 2) / (height * zoom),
});

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** Keeps the canvas filled with map. */
function settle(viewport: Viewport): Viewport {
  const zoom = clamp(viewport.zoom, 1, MOST_ZOOM);
  const half = 0.5 / zoom;
  const center = { x: clamp(viewport.center.x, half, 1 - half), y: clamp(viewport.center.y, half, 1 - half) };
  return { ...viewport, zoom, center };
}

/** Zooms by a factor; what is at `at` on the screen stays there. */
export function zoomAt(viewport: Viewport, at: Point, factor: number): Viewport {
  const zoom = clamp(viewport.zoom * factor, 1, MOST_ZOOM);
  const held = toMap(viewport, at);
  const center = {
    x: held.x - (at.x - viewport.width / 2) / (viewport.width * zoom),
    y: held.y - (at.y - viewport.height / 2) / (viewport.height * zoom),
  };
  return settle({ ...viewport, zoom, center });
}

/** Moves the map under the window, by CSS pixels. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  const { width, height, zoom, center } = viewport;
  return settle({ ...viewport, center: { x: center.x - dx / (width * zoom), y: center.y - dy / (height * zoom) } });
}

export const lookAt = (viewport: Viewport, center: Point, zoom: number): Viewport =>
  settle({ ...viewport, center, zoom });

export const resize = (viewport: Viewport, width: number, height: number): Viewport =>
  settle({ ...viewport, width, height });

/** Between two views, `share` 0 to 1; zoom grows evenly to the eye. */
export function between(from: Viewport, to: Viewport, share: number): Viewport {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return settle({
    ...to,
    zoom: Math.exp(mix(Math.log(from.zoom), Math.log(to.zoom))),
    center: { x: mix(from.center.x, to.center.x), y: mix(from.center.y, to.center.y) },
  });
}
