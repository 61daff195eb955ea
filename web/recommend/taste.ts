// What a profile says about a catalogue at one moment, and the score of an item as a sum of shares:
//
//   score(x) = max_k g_k x·center_k  +  β x·(mean of the regression)  +  dial · x·(sample)  +  fade · popularity(x)
//
// Products are those of the white space. Each center and the mean are weighted sums of events' places there, so that every
// event's part is exact.
import type { ItemId } from "../search/index_vectors.ts";
import type { Catalogue, Place } from "./catalogue.ts";
import type { ProfileEvent } from "./events.ts";
import { findInterests, type Interest, type Memory } from "./interests.ts";
import type { Profile } from "./profile.ts";
import { mixSeeds } from "./random.ts";
import { fitRegression, type Regression } from "./regression.ts";
import {
  HALF_LIFE_EVENTS,
  INTERESTS,
  KIND_WEIGHTS,
  MOST_MEMORIES,
  PARTS,
  POPULARITY_FADE,
  REGRESSION,
} from "./settings.ts";
import { addScaled, dot, scaled, type Vector } from "./vectors.ts";

/** An event whose place is known, as it counts now. Its direction as a memory is that in the white space. */
export interface EventMemory extends Memory {
  event: ProfileEvent;
  place: Place;
}

/** Part of a score: of one event, or of what does not come from the person. */
export interface Share {
  /** The event, or what else speaks: the item's popularity, or chance, where exploration is asked for. */
  from: ProfileEvent | "popularity" | "exploration";
  share: number;
}

export interface TasteOptions {
  now: number;
  seed: number;
  /** 0 to 1. */
  exploration: number;
  /** 0 to 1. */
  popularityWeight: number;
}

const kDay = 86_400_000;

/** The events that the index knows, weighed for this moment; the weightiest ones, by time. */
export function memoriesOf(profile: Profile, catalogue: Catalogue, now: number): EventMemory[] {
  const { events } = profile;
  const memories = events.flatMap((event, i): EventMemory[] => {
    const place = placeOf(profile, event, catalogue);
    if (place === undefined) return [];
    const days = Math.max(now - event.at, 0) / kDay;
    const age = days / profile.halfLifeDays + (events.length - 1 - i) / HALF_LIFE_EVENTS;
    return [{ event, place, direction: place.white, weight: KIND_WEIGHTS[event.kind] * 2 ** -age }];
  });
  return weightiest(memories, MOST_MEMORIES);
}

function placeOf(profile: Profile, event: ProfileEvent, catalogue: Catalogue): Place | undefined {
  if (event.kind !== "describe") return catalogue.place(event.item);
  const vector = profile.vectorOf(event.id);
  return vector && catalogue.placeOfPacked(vector);
}

function weightiest(memories: EventMemory[], most: number): EventMemory[] {
  if (memories.length <= most) return memories;
  const kept = new Set([...memories].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, most));
  return memories.filter((memory) => kept.has(memory));
}

export class Taste {
  readonly interests: readonly Interest<EventMemory>[];
  /** What is looked for, one vector per interest; the score of an item is its highest product, and its popularity. */
  readonly probes: readonly Vector[]; // [n_interests or 1][dimensions]
  /** What the popularity counts, from PARTS.popularity down to 0. */
  readonly fade: number;
  readonly #catalogue: Catalogue;
  readonly #memories: readonly EventMemory[];
  readonly #parts: readonly Map<EventMemory, number>[]; // of each probe, what it has of each memory
  readonly #memoriesOf = new Map<ItemId, EventMemory[]>(); // of an item itself
  readonly #noise: Vector | undefined;

  constructor(profile: Profile, catalogue: Catalogue, { now, seed, exploration, popularityWeight }: TasteOptions) {
    this.#catalogue = catalogue;
    this.#memories = memoriesOf(profile, catalogue, now);
    const dimensions = catalogue.mean.length;
    for (const memory of this.#memories) this.#noteOwn(memory);
    this.interests = findInterests(this.#memories);
    const learned = weightiest([...this.#memories], REGRESSION.mostEvents);
    const sampled = exploration > 0 ? mixSeeds(seed, profile.size) : undefined;
    const regression = fitRegression(learned, dimensions, sampled);
    this.#noise = noiseOf(regression, catalogue, exploration);
    const total = this.#memories.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    this.fade = (popularityWeight * PARTS.popularity * POPULARITY_FADE) / (POPULARITY_FADE + total);

    const common = new Map(learned.map((memory, e) => [memory, PARTS.regression * (regression.coefficients[e] ?? 0)]));
    this.#parts = this.interests.length === 0 ? [common] : this.interests.map((each) => this.#partsOf(each, common));
    this.probes = this.#parts.map((parts) => {
      const probe = new Float64Array(dimensions);
      for (const [memory, part] of parts) addScaled(probe, part, memory.place.probe);
      if (this.#noise) addScaled(probe, 1, this.#noise);
      return probe;
    });
  }

  #noteOwn(memory: EventMemory): void {
    if (memory.event.kind === "describe") return;
    const { item } = memory.event;
    this.#memoriesOf.set(item, [...(this.#memoriesOf.get(item) ?? []), memory]);
  }

  /** The parts of a probe: of the interest's members in its center, and of all memories in the regression's mean. */
  #partsOf(
    { members, weight, length }: Interest<EventMemory>,
    common: Map<EventMemory, number>,
  ): Map<EventMemory, number> {
    const strongest = (this.interests[0] as Interest<EventMemory>).weight;
    const gate = PARTS.interest * (weight / strongest) ** INTERESTS.gatePower;
    const parts = new Map(common);
    if (length > 0) {
      for (const member of members) parts.set(member, (parts.get(member) ?? 0) + (gate * member.weight) / length);
    }
    return parts;
  }

  /** The score of an item, of which the direction may be given. Its own events do not count: they say nothing new. */
  score(id: ItemId, direction: Vector): number {
    return this.#best(id, direction).product + this.#popular(id);
  }

  /** The shares of all that speaks for or against an item; they add up to its score. The largest first. */
  shares(id: ItemId, direction: Vector): Share[] {
    const shares: Share[] = [];
    for (const [{ event, place }, part] of this.#best(id, direction).parts) {
      if (event.kind !== "describe" && event.item === id) continue;
      shares.push({ from: event, share: part * dot(place.probe, direction) });
    }
    if (this.#catalogue.hasPopularity) shares.push({ from: "popularity", share: this.#popular(id) });
    if (this.#noise) shares.push({ from: "exploration", share: dot(this.#noise, direction) });
    return shares.sort((a, b) => b.share - a.share);
  }

  #popular(id: ItemId): number {
    return this.fade * this.#catalogue.popularityOf(id);
  }

  /** The probe that an item answers most, and how much. */
  #best(id: ItemId, direction: Vector): { product: number; parts: Map<EventMemory, number> } {
    const own = this.#memoriesOf.get(id) ?? [];
    let best = { product: -Infinity, parts: this.#parts[0] as Map<EventMemory, number> };
    for (const [i, probe] of this.probes.entries()) {
      const parts = this.#parts[i] as Map<EventMemory, number>;
      let product = dot(probe, direction);
      for (const memory of own) product -= (parts.get(memory) ?? 0) * dot(memory.place.probe, direction);
      if (product > best.product) best = { product, parts };
    }
    return best;
  }
}

/** What chance adds, as a probe. */
function noiseOf({ deviation }: Regression, { whitening }: Catalogue, exploration: number): Vector | undefined {
  return deviation && scaled(whitening.transposed(deviation), PARTS.exploration * exploration);
}
