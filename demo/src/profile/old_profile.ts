// The form in which this page stored likes and dislikes before profiles could hold more: read once, stored in the new form.
import { Profile } from "kinvec/recommend";

const VERSION = 1;

interface OldProfile {
  version: typeof VERSION;
  events: unknown[];
}

export const isOldProfile = (json: unknown): json is OldProfile => {
  const old = json as Partial<OldProfile> | null;
  return old?.version === VERSION && Array.isArray(old.events) && !("format" in old);
};

/** Its events; what is no event is left out. */
export function readOldProfile({ events }: OldProfile): Profile {
  const profile = new Profile();
  for (const given of events) {
    const { id, verdict, at } = (given ?? {}) as Record<string, unknown>;
    if (typeof id !== "string" || typeof at !== "number" || !Number.isFinite(at)) continue;
    if (verdict === "like" || verdict === "dislike") profile.record({ item: id, kind: verdict, at });
  }
  return profile;
}
