// The feed by meaning: the package's recommender, with its reasons.
import type { Profile, Recommendation, Recommender } from "kinvec/recommend";
import type { Interest } from "../map/regions.ts";
import type { ReadProfile } from "./profile_bytes.ts";
import type { Explanation, Ranked } from "./protocol.ts";
import type { Shelf } from "./shelf.ts";

const AROUND_AN_INTEREST = 16; // items that place its region on the map

// Little, once something is known of the person, so that one like is enough to change a list.
const popularityWeight = (profile: Profile) => (profile.size === 0 ? 1 : 0.1);

export interface FeedOptions {
  exploration: number;
  count: number;
  accepts(item: number): boolean;
}

export function rankByMeaning(
  recommender: Recommender,
  { numberOf }: Shelf,
  { profile, positionOf }: ReadProfile,
  { exploration, count, accepts }: FeedOptions,
): Ranked[] {
  const filter = (id: unknown) => accepts(numberOf(id));
  const dials = { exploration, popularityWeight: popularityWeight(profile) };
  return recommender.recommend(profile, { topK: count, filter, ...dials }).map((recommended) => {
    const item = numberOf(recommended.id);
    const { because } = recommended;
    return because ? { item, because: positionOf(because), part: partOfFirst(recommended) } : { item };
  });
}

/** What the first share is of all that speaks for an item. */
function partOfFirst({ shares }: Recommendation): number {
  const all = shares.reduce((sum, { share }) => sum + Math.max(0, share), 0);
  return all > 0 ? (shares[0]?.share ?? 0) / all : 0;
}

export function explainItem(
  recommender: Recommender,
  { programs }: Shelf,
  { profile, positionOf }: ReadProfile,
  item: number,
  exploration: number,
): Explanation {
  const dials = { exploration, popularityWeight: popularityWeight(profile) };
  const found = recommender.explain(profile, programs[item]?.id ?? "", dials);
  const shares = (found?.shares ?? []).map(({ from, share }) => ({
    from: typeof from === "string" ? from : positionOf(from),
    share,
  }));
  return { score: found?.score ?? 0, shares };
}

export function interestsOf(
  recommender: Recommender,
  { numberOf }: Shelf,
  { profile, positionOf }: ReadProfile,
): Interest[] {
  return recommender.interests(profile, { nearest: AROUND_AN_INTEREST }).map(({ weight, events, nearest }) => ({
    share: weight,
    events: events.map(positionOf),
    nearest: nearest.map(({ id }) => numberOf(id)),
  }));
}
