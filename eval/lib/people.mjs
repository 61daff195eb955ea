// Simulated people: each has a few tastes, looks at known things more often than at unknown ones, sometimes at something
// that is no taste of theirs, and may change.  Tastes are made of what the catalogue says about its items, never of vectors.

import { integer, oneOf, placeByWeight, randomOf } from "./random.mjs";

export const kNoise = 0.15; // share of events that are no taste's
const kTastes = [2, 4]; // of a person at a time
const kDrawsOfATaste = 1000;
// Zipf and Mandelbrot's law: the best known hundredth of some ten thousand items gets a sixth of all events, the best known
// tenth half of them, about as in public logs of film ratings.
const kHead = 100;

/**
 * What the simulation needs of a catalogue.
 * @returns appeal: how often an item is chosen relative to others [n_items]; drawTaste(random)
 */
export function worldOf({ items, recipes, sizes }) {
  const appeal = appealOf(items);
  const members = new Map(); // of a taste by its name
  const itemsWith = (attributes) => {
    const name = attributes.map(({ value }) => value).join(" + ");
    if (!members.has(name)) {
      const has = (item) => attributes.every(({ kind, value }) => item.attributes[kind].includes(value));
      members.set(name, Uint32Array.from(items.flatMap((item, i) => (has(item) ? [i] : []))));
    }
    return { name, items: members.get(name) };
  };

  /** What some item of the catalogue is like: common tastes are drawn more often. */
  function drawTaste(random) {
    const { kinds } = recipes[placeByWeight(random, recipes.map(({ share }) => share))];
    for (let draw = 0; draw < kDrawsOfATaste; draw++) {
      const { attributes } = oneOf(random, items);
      if (kinds.some((kind) => attributes[kind].length === 0)) continue;
      const drawn = kinds.map((kind) => ({ kind, value: oneOf(random, attributes[kind]) }));
      const distinct = [...new Map(drawn.map((one) => [`${one.kind} ${one.value}`, one])).values()];
      distinct.sort((a, b) => (a.value < b.value ? -1 : 1)); // a pair has one name
      const taste = itemsWith(distinct);
      if (taste.items.length >= sizes[0] && taste.items.length <= sizes[1]) return taste;
    }
    throw new Error(`the catalogue has too few items for tastes of ${kinds.join(" and ")}`);
  }
  return { size: items.length, appeal, drawTaste };
}

function appealOf(items) {
  const order = items.map((_, i) => i).sort((a, b) => items[b].notability - items[a].notability || a - b);
  const appeal = new Float64Array(items.length);
  for (const [rank, item] of order.entries()) appeal[item] = 1 / (rank + kHead);
  return appeal;
}

/**
 * A person's events, in the order they happened.
 * @param change "none", or what happens to the tastes after `changeAfter` events: "one" has the heaviest give way to a new
 *   one, "all" replaces them all
 * @returns {{ events: number[], mixtureAt: (event: number) => Mixture }} events as numbers of items, none twice
 */
export function drawPerson(world, { seed, events: count, change = "none", changeAfter = Infinity }) {
  const random = randomOf(seed);
  const before = drawMixture(world, random, count);
  const after = changed(world, random, before, change, count);
  const mixtureAt = (event) => (event < changeAfter ? before : after);
  const seen = new Set();
  while (seen.size < count) seen.add(drawEvent(world, random, mixtureAt(seen.size), seen));
  return { events: [...seen], mixtureAt };
}

/** @typedef {{ taste: { name: string, items: Uint32Array }, weight: number }[]} Mixture the weights add up to 1 */

/**
 * Tastes that hold at least twice as many items as there will be events: nobody runs out of things to choose.
 * @returns {Mixture}
 */
export function drawMixture(world, random, events) {
  const count = kTastes[0] + integer(random, kTastes[1] - kTastes[0] + 1);
  for (;;) {
    const byName = new Map();
    while (byName.size < count) {
      const taste = world.drawTaste(random);
      byName.set(taste.name, taste);
    }
    const tastes = [...byName.values()];
    if (new Set(tastes.flatMap(({ items }) => [...items])).size < 2 * events) continue;
    const shares = tastes.map(() => 0.25 + random()); // the heaviest up to five times the lightest
    const sum = shares.reduce((a, b) => a + b);
    return tastes.map((taste, i) => ({ taste, weight: shares[i] / sum }));
  }
}

function changed(world, random, before, change, events) {
  if (change === "none") return before;
  if (change === "all") return drawMixture(world, random, events);
  const heaviest = before.reduce((a, b) => (b.weight > a.weight ? b : a));
  let taste;
  do taste = world.drawTaste(random);
  while (before.some((one) => one.taste.name === taste.name));
  return before.map((one) => (one === heaviest ? { taste, weight: one.weight } : one));
}

function drawEvent(world, random, mixture, seen) {
  for (;;) {
    const isNoise = random() < kNoise;
    const { taste } = mixture[placeByWeight(random, mixture.map(({ weight }) => weight))];
    const items = isNoise ? undefined : taste.items.filter((item) => !seen.has(item));
    if (items?.length === 0) continue; // all of this taste is seen
    const item = items
      ? items[placeByWeight(random, Array.from(items, (one) => world.appeal[one]))]
      : placeByWeight(random, world.appeal);
    if (!seen.has(item)) return item;
  }
}

/**
 * The chance of each item to be the next event, given that it is one of a taste: what a test on drawn events estimates,
 * without its scatter.
 * @returns {Map<number, number>} by item
 */
export function chancesOfNext(world, mixture, seen) {
  const chances = new Map();
  const open = mixture.map(({ taste, weight }) => ({ weight, items: taste.items.filter((item) => !seen.has(item)) }));
  const left = open.reduce((sum, { weight, items }) => sum + (items.length > 0 ? weight : 0), 0);
  for (const { weight, items } of open) {
    const total = items.reduce((sum, item) => sum + world.appeal[item], 0);
    for (const item of items) {
      chances.set(item, (chances.get(item) ?? 0) + ((weight / left) * world.appeal[item]) / total);
    }
  }
  return chances;
}

/** How often each item was chosen by many people [n_items]: what a site would know. */
export function countedPopularity(world, { seed, people, events }) {
  const counts = new Float64Array(world.size);
  for (let i = 0; i < people; i++) {
    for (const item of drawPerson(world, { seed: `${seed} ${i}`, events }).events) counts[item] += 1;
  }
  return counts;
}
