// A profile as it came from the page, and its events by their positions there.
import { Profile, type ProfileEvent } from "kinvec/recommend";

export interface ReadProfile {
  profile: Profile;
  /** Of one of its events. */
  positionOf(event: ProfileEvent): number;
}

export function readProfile(bytes: Uint8Array): ReadProfile {
  const profile = Profile.load(bytes);
  const positions = new Map(profile.events.map(({ id }, position) => [id, position]));
  return { profile, positionOf: ({ id }) => positions.get(id) ?? -1 };
}

const JUDGEMENTS = new Set(["like", "save", "dislike", "hide"]);

/** Items that the person has made up their mind about: no list offers them again. */
export const judgedItems = ({ events }: Profile): Set<unknown> =>
  new Set(events.flatMap((event) => (JUDGEMENTS.has(event.kind) && event.kind !== "describe" ? [event.item] : [])));
