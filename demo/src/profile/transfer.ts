// Taking a profile elsewhere as a file, and reading one that somebody chose.
import { Profile } from "kinvec/recommend";
import { isOldProfile, readOldProfile } from "./old_profile.ts";

export const FILE_NAME = "my-taste.json";
const MOST_BYTES = 2 ** 20; // far above what a profile can have: such a file is something else

/** A file for people to read and for `readProfileFile`. */
export const profileFile = (stored: string): Blob =>
  new Blob([JSON.stringify(JSON.parse(stored), undefined, 2)], { type: "application/json" });

/** @throws Error whose message tells the person what is wrong with the file */
export async function readProfileFile(file: Blob & { name?: string }): Promise<Profile> {
  const name = file.name ? `\u201c${file.name}\u201d` : "This file";
  if (file.size === 0) throw new Error(`${name} is empty.`);
  if (file.size > MOST_BYTES) throw new Error(`${name} is too large to be a profile of this page.`);
  let json: unknown;
  try {
    json = JSON.parse(await file.text());
  } catch {
    throw new Error(`${name} is not a profile: it does not hold JSON.`);
  }
  try {
    return isOldProfile(json) ? readOldProfile(json) : Profile.fromJSON(json as never);
  } catch (error) {
    throw new Error(`${name} cannot be read as a profile: ${error instanceof Error ? error.message : error}.`);
  }
}
