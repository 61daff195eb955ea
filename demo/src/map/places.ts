// Where the programs lie on the map, as it was laid out ahead.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Point } from "./viewport.ts";

const MAX = 65535;

/** @param data [programs, 2], x and y from 0 to 65535 */
export const placesFrom = (data: Uint16Array): Point[] =>
  Array.from({ length: data.length / 2 }, (_, i) => ({
    x: (data[2 * i] as number) / MAX,
    y: (data[2 * i + 1] as number) / MAX,
  }));

export interface SectionLabel {
  section: string;
  place: Point;
}

const CELLS = 16; // of the grid in which programs are counted, each way

/** For each section, the place where most of its programs are around; those with the most there first. */
export function sectionLabels({ programs, sections }: Catalogue, places: readonly Point[]): SectionLabel[] {
  const cellOf = ({ x, y }: Point) => [Math.floor(x * CELLS), Math.floor(y * CELLS)] as const;
  const labels = sections.flatMap((section) => {
    const own = places.filter((_, i) => programs[i]?.sections[0] === section);
    const counts = new Map<string, number>(); // by cell, with all cells around it
    for (const place of own) {
      const [column, row] = cellOf(place);
      for (let i = 0; i < 9; i++) {
        const cell = `${column + (i % 3) - 1},${row + Math.floor(i / 3) - 1}`;
        counts.set(cell, (counts.get(cell) ?? 0) + 1);
      }
    }
    const [fullest, size] = Array.from(counts).reduce((most, each) => (each[1] > most[1] ? each : most), ["", 0]);
    const [column = 0, row = 0] = fullest.split(",").map(Number);
    const around = own.filter((place) => {
      const [x, y] = cellOf(place);
      return Math.abs(x - column) <= 1 && Math.abs(y - row) <= 1;
    });
    const mean = (axis: "x" | "y") => around.reduce((sum, place) => sum + place[axis], 0) / around.length;
    return around.length > 0 ? [{ section, place: { x: mean("x"), y: mean("y") }, size }] : [];
  });
  return labels.toSorted((a, b) => b.size - a.size).map(({ section, place }) => ({ section, place }));
}

/**
 * Items that get a picture at one size of the map: the first of the list wins its place, later ones need a distance to it. It does not
 * depend on where the window is, so pictures do not flicker while it moves.
 *
 * @param order the items in falling order of importance
 * @param scale CSS pixels of the whole map's width and height
 * @param gap CSS pixels between two pictures
 */
export function landmarks(places: readonly Point[], order: Iterable<number>, scale: Point, gap: number): number[] {
  const rows = Math.ceil(scale.y / gap) + 3;
  const keyOf = (column: number, row: number) => (column + 1) * rows + row + 1;
  const taken = new Map<number, Point[]>();
  const chosen: number[] = [];
  for (const item of order) {
    const place = places[item];
    if (!place) continue;
    const at = { x: place.x * scale.x, y: place.y * scale.y };
    const column = Math.floor(at.x / gap);
    const row = Math.floor(at.y / gap);
    let isFree = true;
    for (let i = 0; isFree && i < 9; i++) {
      const near = taken.get(keyOf(column + (i % 3) - 1, row + Math.floor(i / 3) - 1));
      isFree = near?.every(({ x, y }) => Math.hypot(x - at.x, y - at.y) >= gap) ?? true;
    }
    if (!isFree) continue;
    chosen.push(item);
    const cell = keyOf(column, row);
    taken.set(cell, [...(taken.get(cell) ?? []), at]);
  }
  return chosen;
}

/** The item nearest to a point of the screen, at most `reach` pixels away. @param screen the items' places on the screen */
export function nearestTo(screen: readonly Point[], at: Point, reach: number): number | undefined {
  let nearest: number | undefined;
  let least = reach;
  for (const [item, { x, y }] of screen.entries()) {
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance <= least) {
      least = distance;
      nearest = item;
    }
  }
  return nearest;
}

/** The next item from one in a direction, as an arrow key asks for it: near, and rather ahead than aside. */
export function nextTowards(screen: readonly Point[], from: number, direction: Point): number | undefined {
  const start = screen[from];
  if (!start) return undefined;
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [item, { x, y }] of screen.entries()) {
    const ahead = (x - start.x) * direction.x + (y - start.y) * direction.y;
    const aside = Math.abs((x - start.x) * direction.y - (y - start.y) * direction.x);
    if (item === from || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) {
      least = cost;
      best = item;
    }
  }
  return best;
}
