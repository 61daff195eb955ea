// Hands on the map: drag to move, pinch or turn the wheel to zoom, point to see what is there, press to open it; and the keys that do
// the same.
import type { Point } from "./viewport.ts";

export interface Gestures {
  zoom(at: Point, factor: number): void;
  pan(dx: number, dy: number): void;
  /** The pointer is over a place; undefined: it left. */
  point(at: Point | undefined): void;
  /** Pressed without moving. `byTouch`: there was no pointing before. */
  press(at: Point, byTouch: boolean): void;
  step(direction: Point): void;
  open(): void;
  zoomMiddle(factor: number): void;
  leave(): void;
}

const DRAG_FROM = 5; // px
const WHEEL_SPEED = 0.0022;
const KEY_FACTOR = 1.6;
const DIRECTIONS: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** @param wheelZooms whether the wheel alone zooms; else it scrolls the page, and zooms with the control key */
export function listen(element: HTMLElement, gestures: Gestures, wheelZooms: () => boolean): void {
  const pointers = new Map<number, Point>();
  let start: Point | undefined;
  let isDrag = false;

  const place = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  element.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, place(event));
    start = place(event);
    isDrag = pointers.size > 1;
    element.setPointerCapture(event.pointerId);
  });

  element.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      gestures.point(now);
      return;
    }
    pointers.set(event.pointerId, now);
    const other = Array.from(pointers).find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const distance = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      if (distance(before) > 0) gestures.zoom(middle, distance(now) / distance(before));
      gestures.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
      return;
    }
    isDrag ||= start !== undefined && Math.hypot(now.x - start.x, now.y - start.y) > DRAG_FROM;
    if (isDrag) {
      gestures.point(undefined);
      gestures.pan(now.x - before.x, now.y - before.y);
    }
  });

  const release = (event: PointerEvent) => {
    const wasDown = pointers.delete(event.pointerId);
    if (wasDown && !isDrag && event.type === "pointerup") gestures.press(place(event), event.pointerType === "touch");
  };
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") gestures.point(undefined);
  });

  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !wheelZooms()) return;
      event.preventDefault();
      gestures.zoom(place(event), Math.exp(-event.deltaY * WHEEL_SPEED * (event.ctrlKey ? 4 : 1)));
    },
    { passive: false },
  );

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) gestures.step(direction);
    else if (event.key === "Enter" || event.key === " ") gestures.open();
    else if (event.key === "+" || event.key === "=") gestures.zoomMiddle(KEY_FACTOR);
    else if (event.key === "-") gestures.zoomMiddle(1 / KEY_FACTOR);
    else return;
    event.preventDefault();
  });
  element.addEventListener("blur", () => gestures.leave());
}
