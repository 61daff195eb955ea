// The feed that is the same for everybody, for comparison: the catalogue's own order, less what the person has judged.
import { judgedItems, type ReadProfile } from "./profile_bytes.ts";
import type { Ranked } from "./protocol.ts";
import type { Shelf } from "./shelf.ts";

/** Programs stand in the catalogue by falling popularity. */
export function rankByPopularity(
  { programs }: Shelf,
  { profile }: ReadProfile,
  accepts: (item: number) => boolean,
): Ranked[] {
  const judged = judgedItems(profile);
  return Array.from(programs.keys(), (item) => ({ item })).filter(
    ({ item }) => !judged.has(programs[item]?.id) && accepts(item),
  );
}
