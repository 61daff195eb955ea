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
import { WordTaste } from "./word_taste.ts";

/** An event whose place is known, as it counts now. Its direction as a memory is that in the white space. */
export interface EventMemory extends Memory {
  event: ProfileEvent;
  place: Place;
  /** Of its item in the catalogue, unless it is a sentence. */
  row: number | undefined;
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
    const weight = KIND_WEIGHTS[event.kind] * 2 ** -age;
    return [
      {
        event,
        place,
        row: event.kind === "describe" ? undefined : catalogue.rowOf(event.item),
        direction: place.white,
        weight,
      },
    ];
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
  /** What is looked for in the items' words; undefined if the catalogue has none. */
  readonly words: WordTaste<EventMemory> | undefined;
  /** What the popularity counts, from PARTS.popularity downwards. */
  readonly fade: number;
  readonly #catalogue: Catalogue;
  readonly #memories: readonly EventMemory[];
  readonly #parts: readonly Map<EventMemory, number>[]; // of each probe, what it has of each memory
  readonly #memoriesOf = new Map<number, EventMemory[]>(); // of an item itself, by row
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
    const { half, rest } = POPULARITY_FADE;
    this.fade = popularityWeight * PARTS.popularity * (rest + ((1 - rest) * half) / (half + total));
    this.words = catalogue.words && new WordTaste(this.#memories, catalogue.words);

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
    const { row } = memory;
    if (row !== undefined) this.#memoriesOf.set(row, [...(this.#memoriesOf.get(row) ?? []), memory]);
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
  score(row: number, direction: Vector): number {
    return this.#best(row, direction).product + (this.words?.score(row) ?? 0) + this.#popular(row);
  }

  /** The shares of all that speaks for or against an item; they add up to its score. The largest first. */
  shares(row: number, direction: Vector): Share[] {
    const ofEvents = this.words?.shares(row) ?? new Map<EventMemory, number>();
    for (const [memory, part] of this.#best(row, direction).parts) {
      if (memory.row === row) continue;
      ofEvents.set(memory, (ofEvents.get(memory) ?? 0) + part * dot(memory.place.probe, direction));
    }
    const shares = Array.from(ofEvents, ([{ event }, share]): Share => ({ from: event, share }));
    if (this.#catalogue.hasPopularity) shares.push({ from: "popularity", share: this.#popular(row) });
    if (this.#noise) shares.push({ from: "exploration", share: dot(this.#noise, direction) });
    return shares.sort((a, b) => b.share - a.share);
  }

  #popular(row: number): number {
    return this.fade * (this.#catalogue.popularity[row] as number);
  }

  /** The probe that an item answers most, and how much. */
  #best(row: number, direction: Vector): { product: number; parts: Map<EventMemory, number> } {
    const own = this.#memoriesOf.get(row) ?? [];
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
