// A person's interests as regions of the map, and their way from one state to the next.
import type { Point } from "./viewport.ts";

/** An interest as the worker tells it. */
export interface Interest {
  /** Share of all interests, 0 to 1. */
  share: number;
  /** Positions in the profile of the events that made it, the weightiest first. */
  events: number[];
  /** The programs nearest to its middle. */
  nearest: number[];
}

/** An ellipse around what an interest is about. */
export interface Region {
  /** Which colour it has, as long as it lives. */
  slot: number;
  center: Point;
  /** Half axes and the first one's direction; in map units, radians. */
  radii: Point;
  angle: number;
  /** 0 to 1 */
  strength: number;
  /** Names of the events that made it, to find it again in the next state. */
  events: readonly string[];
}

export const SLOTS = 8;
const LEAST_RADIUS = 0.055;
const MOST_RADIUS = 0.15;
const ROUNDS = 6;
const TYPICAL_DISTANCE = 0.06; // items much further away from the rest hardly count

const clampRadius = (deviation: number) => Math.min(MOST_RADIUS, Math.max(LEAST_RADIUS, 1.7 * deviation));

/**
 * The ellipse that holds most of some places. A map cannot keep all neighbours together, so a few may lie elsewhere: places far from
 * the middle count little.
 */
export function ellipseAround(places: readonly Point[]): Pick<Region, "center" | "radii" | "angle"> {
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0.5;
  let center = { x: median(places.map(({ x }) => x)), y: median(places.map(({ y }) => y)) };
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    let [x, y] = [0, 0];
    [xx, yy, xy] = [0, 0, 0];
    for (const place of places) {
      const [dx, dy] = [place.x - center.x, place.y - center.y];
      const weight = 1 / (1 + (dx * dx + dy * dy) / TYPICAL_DISTANCE ** 2) ** 2;
      sum += weight;
      x += weight * place.x;
      y += weight * place.y;
      xx += weight * dx * dx;
      yy += weight * dy * dy;
      xy += weight * dx * dy;
    }
    if (sum === 0) break;
    center = { x: x / sum, y: y / sum };
    [xx, yy, xy] = [xx / sum, yy / sum, xy / sum];
  }
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  return {
    center,
    radii: {
      x: clampRadius(Math.sqrt(middle + spread)),
      y: clampRadius(Math.sqrt(Math.max(0, middle - spread))),
    },
    angle: Math.atan2(2 * xy, xx - yy) / 2,
  };
}

const overlap = (a: readonly string[], b: readonly string[]) => a.filter((event) => b.includes(event)).length;

/**
 * The regions of some interests. One that shares events with a region of before keeps its colour.
 *
 * @param nameOf an event's name that outlives changes of the profile
 */
export function regionsOf(
  interests: readonly Interest[],
  places: readonly Point[],
  before: readonly Region[],
  nameOf: (event: number) => string,
): Region[] {
  const strongest = Math.max(...interests.map(({ share }) => share), Number.MIN_VALUE);
  const drafts = interests.slice(0, SLOTS).map((interest) => ({
    ...ellipseAround(interest.nearest.flatMap((item) => places[item] ?? [])),
    strength: interest.share / strongest,
    events: interest.events.map(nameOf),
  }));
  const pairs = drafts
    .flatMap((draft, i) => before.map((old) => ({ i, old, common: overlap(draft.events, old.events) })))
    .filter(({ common }) => common > 0)
    .toSorted((a, b) => b.common - a.common);
  const slots = new Map<number, number>();
  for (const { i, old } of pairs) {
    if (!slots.has(i) && !Array.from(slots.values()).includes(old.slot)) slots.set(i, old.slot);
  }
  const kept = new Set(slots.values());
  const free = Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => !kept.has(slot));
  return drafts.map((draft, i) => ({ ...draft, slot: slots.get(i) ?? (free.shift() as number) }));
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

/** The shorter way round, an ellipse being the same after half a turn. */
function mixAngles(a: number, b: number, share: number): number {
  const turn = ((((b - a) % Math.PI) + 1.5 * Math.PI) % Math.PI) - 0.5 * Math.PI;
  return a + turn * share;
}

/** Regions on their way: those in both glide, new ones swell, old ones fade. @param share 0 to 1 of the way */
export function regionsBetween(from: readonly Region[], to: readonly Region[], share: number): Region[] {
  const moving = to.map((region) => {
    const old = from.find(({ slot }) => slot === region.slot);
    if (!old) {
      const radii = { x: region.radii.x * mix(0.4, 1, share), y: region.radii.y * mix(0.4, 1, share) };
      return { ...region, radii, strength: region.strength * share };
    }
    return {
      ...region,
      center: { x: mix(old.center.x, region.center.x, share), y: mix(old.center.y, region.center.y, share) },
      radii: { x: mix(old.radii.x, region.radii.x, share), y: mix(old.radii.y, region.radii.y, share) },
      angle: mixAngles(old.angle, region.angle, share),
      strength: mix(old.strength, region.strength, share),
    };
  });
  const leaving = from
    .filter(({ slot }) => !to.some((region) => region.slot === slot))
    .map((region) => ({ ...region, strength: region.strength * (1 - share) }));
  return [...leaving.filter(({ strength }) => strength > 0.001), ...moving];
}
