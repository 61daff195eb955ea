// Recommendations for a profile out of an index.
import { checkInteger, checkOptions, invalid, typeName } from "../arguments.ts";
import type { Hit } from "../search/flat_index.ts";
import type { ItemId } from "../search/index_vectors.ts";
import { marginalRelevance } from "../search/ranking/marginal_relevance.ts";
import { Catalogue, type ItemIndex } from "./catalogue.ts";
import { checkItem, checkTime, type ProfileEvent } from "./events.ts";
import {
  checkFilter,
  checkProfile,
  checkRecommendOptions,
  checkSeed,
  type ExplainOptions,
  type InterestOptions,
  type RecommenderOptions,
  type RecommendOptions,
  type StarterOptions,
} from "./options.ts";
import type { Profile } from "./profile.ts";
import { bestRows } from "./scan.ts";
import { CANDIDATES, JUDGING_KINDS } from "./settings.ts";
import { spreadOut } from "./starters.ts";
import { type Share, Taste } from "./taste.ts";
import { addScaled, dot, lengthOf, unit, type Vector } from "./vectors.ts";

/** An item for a person, and why. */
export interface Recommendation {
  id: ItemId;
  /** The sum of the shares. */
  score: number;
  /** The event that speaks most for it, if one speaks for it more than its popularity and chance do. */
  because?: ProfileEvent;
  /** What speaks for the item and, below 0, against it; the largest first. */
  shares: Share[];
}

/** One of the things that a person likes. */
export interface InterestSummary {
  /** A vector of length 1 in the space of the index, amid the interest's events. */
  center: Float32Array;
  /** Its part in all interests, which add up to 1. */
  weight: number;
  /** How far its events lie apart: 1 less their mean cosine to the center, the catalogue's mean taken off. 0 to 1. */
  spread: number;
  /** What it comes from; what counts most comes first. */
  events: ProfileEvent[];
  /** The items nearest to it; the score is the cosine to the center, the catalogue's mean taken off. */
  nearest: Hit[];
}

/**
 * Recommends items of an index to a person. It knows only the index and the profile that it is handed, and keeps nothing
 * of the person.
 *
 * @example
 * ```js
 * import { Profile, Recommender } from "kinvec/recommend";
 * const recommender = new Recommender(index, { popularity: (id) => downloads[id], text: (id) => descriptions[id] });
 * const profile = new Profile();
 * profile.record({ item: "tea", kind: "like" });
 * for (const { id, because } of recommender.recommend(profile)) console.log(id, "because you liked", because?.item);
 * ```
 */
export class Recommender {
  readonly #index: ItemIndex;
  readonly #popularity: RecommenderOptions["popularity"];
  readonly #text: RecommenderOptions["text"];
  #catalogue: Catalogue | undefined;

  /** @throws KinvecError INVALID_ARGUMENT, also for an index that does not keep its vectors (`rescore: false`). */
  constructor(index: ItemIndex, options?: RecommenderOptions) {
    if (typeof index?.scoreAll !== "function") throw invalid(`index must be a FlatIndex, not ${typeName(index)}`);
    if (index.scores === "approximate")
      throw invalid("the index does not keep its vectors: make it with rescore: true");
    const { popularity, text } = checkOptions(options);
    for (const [name, given] of Object.entries({ popularity, text })) {
      if (given === undefined || typeof given === "function") continue;
      throw invalid(`options.${name} must be a function, not ${typeName(given)}`);
    }
    this.#index = index;
    this.#popularity = popularity;
    this.#text = text;
  }

  /**
   * Items for a person, best first, with the reasons. The first call after the index has changed also reads all of its
   * vectors.
   *
   * @throws KinvecError INVALID_ARGUMENT, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * const list = recommender.recommend(profile, { topK: 50, exploration: 0.2 });
   * ```
   */
  recommend(profile: Profile, options?: RecommendOptions): Recommendation[] {
    const settings = checkRecommendOptions(options, checkProfile(profile));
    const { topK, diversity, judged, filter } = settings;
    const catalogue = this.#current();
    const taste = new Taste(profile, catalogue, settings);
    const left = judged ? new Set<ItemId>() : judgedItems(profile);
    const count = Math.max(CANDIDATES.least, CANDIDATES.perResult * topK);
    const rows = bestRows(catalogue, taste, count, (id) => !left.has(id) && filter(id));
    const candidates = rows.map((row) => {
      const id = catalogue.ids[row] as ItemId;
      const direction = catalogue.direction(id) as Vector;
      return { row, id, direction, score: taste.score(row, direction) };
    });
    candidates.sort((a, b) => b.score - a.score || a.row - b.row);
    const scores = candidates.map(({ score }) => score);
    const directions = candidates.map(({ direction }) => direction);
    const cosine = (a: number, b: number) => dot(directions[a] as Vector, directions[b] as Vector);
    return marginalRelevance(scores, topK, diversity, cosine).map((i) => {
      const { row, id, direction } = candidates[i] as (typeof candidates)[number];
      return explained(taste, row, id, direction);
    });
  }

  /**
   * Why an item has its score for a person; undefined if there is no such item. Any item can be asked for, not only
   * recommended ones.
   *
   * @throws KinvecError INVALID_ARGUMENT, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * const { score, shares } = recommender.explain(profile, "coffee");
   * shares.reduce((sum, { share }) => sum + share, 0) - score; // 0
   * ```
   */
  explain(profile: Profile, itemId: ItemId, options?: ExplainOptions): Recommendation | undefined {
    const settings = checkRecommendOptions(options, checkProfile(profile));
    const catalogue = this.#current();
    const row = catalogue.rowOf(checkItem(itemId));
    if (row === undefined) return undefined;
    return explained(new Taste(profile, catalogue, settings), row, itemId, catalogue.direction(itemId) as Vector);
  }

  /**
   * What a person is interested in, the strongest interest first.
   *
   * @throws KinvecError INVALID_ARGUMENT, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * for (const { weight, nearest } of recommender.interests(profile)) console.log(weight, nearest[0].id);
   * ```
   */
  interests(profile: Profile, options?: InterestOptions): InterestSummary[] {
    const { seed } = checkProfile(profile);
    const { nearest: count = 5, now } = checkOptions(options);
    checkInteger(count, "options.nearest", 0, 1000);
    const catalogue = this.#current();
    const dials = { exploration: 0, popularityWeight: 0 };
    const { interests } = new Taste(profile, catalogue, { now: checkTime(now, "options.now"), seed, ...dials });
    const total = interests.reduce((sum, { weight }) => sum + weight, 0);
    return interests.map(({ members, weight }) => {
      const sum = new Float64Array(catalogue.mean.length);
      for (const member of members) addScaled(sum, member.weight, member.place.direction);
      return {
        center: catalogue.vectorTowards(unit(sum)),
        weight: weight / total,
        spread: 1 - Math.min(lengthOf(sum) / weight, 1),
        events: [...members].sort((a, b) => b.weight - a.weight).map(({ event }) => event),
        nearest: nearestItems(catalogue, unit(sum), count),
      };
    });
  }

  /**
   * Items to ask a newcomer about: popular ones that have little in common.
   *
   * @throws KinvecError INVALID_ARGUMENT, OUT_OF_MEMORY, DISPOSED.
   *
   * @example
   * ```js
   * const choices = recommender.starters(12);
   * ```
   */
  starters(count: number, options?: StarterOptions): ItemId[] {
    const { seed = 0, filter } = checkOptions(options);
    checkInteger(count, "count", 1, 1000);
    checkSeed(seed);
    return spreadOut(this.#current(), count, seed, checkFilter(filter));
  }

  #current(): Catalogue {
    if (this.#catalogue?.revision !== this.#index.revision) {
      this.#catalogue = new Catalogue(this.#index, this.#popularity, this.#text);
    }
    return this.#catalogue as Catalogue;
  }
}

function explained(taste: Taste, row: number, id: ItemId, direction: Vector): Recommendation {
  const shares = taste.shares(row, direction);
  const score = shares.reduce((sum, { share }) => sum + share, 0);
  const [first] = shares;
  const because = first && first.share > 0 && typeof first.from !== "string" ? { because: first.from } : {};
  return { id, score, ...because, shares };
}

function judgedItems({ events }: Profile): Set<ItemId> {
  return new Set(
    events.flatMap((event) => (event.kind !== "describe" && JUDGING_KINDS.has(event.kind) ? event.item : [])),
  );
}

function nearestItems(catalogue: Catalogue, center: Vector, count: number): Hit[] {
  if (count === 0) return [];
  const rows = bestRows(catalogue, { probes: [center], fade: 0 }, CANDIDATES.least + count, () => true);
  const hits = rows.map((row) => {
    const id = catalogue.ids[row] as ItemId;
    return { id, score: dot(catalogue.direction(id) as Vector, center) };
  });
  return hits.sort((a, b) => b.score - a.score).slice(0, count);
}
