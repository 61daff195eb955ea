// Options of a recommender's calls, and their checks.
import { checkBoolean, checkInteger, checkOptions, invalid, typeName } from "../arguments.ts";
import type { ItemId } from "../search/index_vectors.ts";
import type { ItemText, Popularity } from "./catalogue.ts";
import { checkTime } from "./events.ts";
import type { Profile } from "./profile.ts";
import { DEFAULT_DIALS } from "./settings.ts";

/** Options of a `Recommender`. */
export interface RecommenderOptions {
  /**
   * How popular an item is, 0 or more: views, sales, stars. It speaks for an item until the person is known. Asked once for
   * each item whenever the index has changed.
   */
  popularity?: Popularity | undefined;
  /**
   * What an item is about, as its vector was made of it. Words in common speak for an item beside the meaning: names and
   * rare terms, which a vector blurs. Asked once for each item whenever the index has changed; memory is about that of the
   * text again.
   */
  text?: ItemText | undefined;
}

/** Options of `explain`. */
export interface ExplainOptions {
  /**
   * How much is tried that may or may not please, 0 to 1; default 0: nothing. Chance is stronger where less is known of
   * the person (Thompson sampling).
   */
  exploration?: number | undefined;
  /** How much of its weight an item's popularity has, 0 to 1; default 1. With less of it, one like changes more of a list. */
  popularityWeight?: number | undefined;
  /** The moment to weigh events for, in milliseconds since 1970 or as a Date; default: now. */
  now?: number | Date | undefined;
  /** Of the random numbers of exploration; default: the profile's. */
  seed?: number | undefined;
}

/** Options of `recommend`. */
export interface RecommendOptions extends ExplainOptions {
  /** How many items, at least 1; default 10. */
  topK?: number | undefined;
  /** How little the items may be alike, 0 to 1; default 0.2. At 0 the list is by score alone. */
  diversity?: number | undefined;
  /** Leaves out items for which it answers false. */
  filter?: ((id: ItemId) => boolean) | undefined;
  /** Whether items that the person liked, saved, disliked or hid may come again; default false. */
  judged?: boolean | undefined;
}

/** Options of `interests`. */
export interface InterestOptions extends Pick<ExplainOptions, "now"> {
  /** How many of the nearest items are named for each; default 5. */
  nearest?: number | undefined;
}

/** Options of `starters`. */
export interface StarterOptions {
  /** Other choices for another seed; default 0. */
  seed?: number | undefined;
  /** Leaves out items for which it answers false. */
  filter?: ((id: ItemId) => boolean) | undefined;
}

// By shape, since a program may hold the package twice: as ES module and as CommonJS.
export function checkProfile(profile: Profile): Profile {
  if (typeof profile?.vectorOf !== "function") throw invalid(`profile must be a Profile, not ${typeName(profile)}`);
  return profile;
}

export function checkRecommendOptions(given: RecommendOptions | undefined, profile: Profile) {
  const options = checkOptions(given);
  const { topK = DEFAULT_DIALS.topK, diversity = DEFAULT_DIALS.diversity, judged = false } = options;
  const { exploration = DEFAULT_DIALS.exploration, popularityWeight = DEFAULT_DIALS.popularityWeight } = options;
  const { seed = profile.seed } = options;
  checkInteger(topK, "options.topK", 1, Number.MAX_SAFE_INTEGER);
  checkDial(exploration, "options.exploration");
  checkDial(popularityWeight, "options.popularityWeight");
  checkDial(diversity, "options.diversity");
  checkBoolean(judged, "options.judged");
  checkSeed(seed);
  const filter = checkFilter(options.filter);
  const now = checkTime(options.now, "options.now");
  return { topK, exploration, popularityWeight, diversity, judged, seed, filter, now };
}

export function checkSeed(seed: unknown): void {
  checkInteger(seed, "options.seed", 0, 2 ** 32 - 1);
}

export function checkFilter(filter: unknown): (id: ItemId) => boolean {
  if (filter === undefined) return () => true;
  if (typeof filter !== "function") throw invalid(`options.filter must be a function, not ${typeName(filter)}`);
  return filter as (id: ItemId) => boolean;
}

function checkDial(value: unknown, name: string): void {
  if (typeof value !== "number") throw invalid(`${name} must be a number, not ${typeName(value)}`);
  if (!(value >= 0 && value <= 1)) throw invalid(`${name} must be from 0 to 1, not ${value}`);
}
