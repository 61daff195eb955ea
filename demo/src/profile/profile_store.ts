// What a person told this page, kept in this browser and nowhere else.
import { EVENT_KINDS, type EventKind, Profile, type ProfileEvent } from "kinvec/recommend";
import { isOldProfile, readOldProfile } from "./old_profile.ts";
import type { Storage } from "./page_storage.ts";

const KEY = "kinvec-demo.profile";

/** What a person may say about a program, of which one holds at a time. Views and clicks only say that they looked. */
export const VERDICTS = ["like", "save", "dislike", "hide"] as const;
export type Verdict = (typeof VERDICTS)[number];

const isVerdict = (kind: string): kind is Verdict => (VERDICTS as readonly string[]).includes(kind);

export { EVENT_KINDS, type EventKind, type ProfileEvent };

/** The profile in a stored text; an empty one where nothing readable is stored. */
function read(stored: string | null): Profile {
  if (stored === null) return new Profile();
  try {
    const json: unknown = JSON.parse(stored);
    return isOldProfile(json) ? readOldProfile(json) : Profile.fromJSON(json as never);
  } catch {
    return new Profile();
  }
}

export class ProfileStore {
  #profile: Profile;
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#profile = read(storage.getItem(KEY));
  }

  /** By time, oldest first. */
  get events(): readonly ProfileEvent[] {
    return this.#profile.events;
  }

  verdictOf(item: string): Verdict | undefined {
    const event = this.events.findLast(
      (each) => each.kind !== "describe" && each.item === item && isVerdict(each.kind),
    );
    return event?.kind as Verdict | undefined;
  }

  /** Programs with a verdict of these kinds, oldest first. */
  withVerdict(...kinds: Verdict[]): string[] {
    const items = this.events.flatMap((event) => (event.kind === "describe" ? [] : String(event.item)));
    return [...new Set(items)].filter((item) => kinds.includes(this.verdictOf(item) as Verdict));
  }

  /** Says something about a program, in place of what was said before. */
  judge(item: string, kind: Verdict): void {
    this.#dropVerdicts(item);
    this.#profile.record({ item, kind });
    this.#save();
  }

  takeBack(item: string): void {
    this.#dropVerdicts(item);
    this.#save();
  }

  /** Notes that a program was opened, unless something is known of it. @returns whether it was noted */
  noteOpening(item: string): boolean {
    if (this.events.some((event) => event.kind !== "describe" && event.item === item)) return false;
    this.#profile.record({ item, kind: "click" });
    this.#save();
    return true;
  }

  /** @param vector of the text, by the model of the programs' vectors */
  describe(text: string, vector: Float32Array): void {
    this.#profile.describe(text, vector);
    this.#save();
  }

  edit(event: ProfileEvent, kind: EventKind): void {
    this.#profile.edit(event.id, { kind });
    this.#save();
  }

  forget(event: ProfileEvent): void {
    this.#profile.forget(event.id);
    this.#save();
  }

  forgetAll(): void {
    this.#profile.clear();
    this.#save();
  }

  /** Takes over another profile, in place of this one. */
  replace(profile: Profile): void {
    this.#profile = profile;
    this.#save();
  }

  /** Reads anew what another tab of the page stored. @returns whether it was this page's profile that changed */
  follow(key: string | null): boolean {
    if (key !== KEY && key !== null) return false;
    this.#profile = read(this.#storage.getItem(KEY));
    return true;
  }

  /** For the worker. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#profile.save();
  }

  /** Exactly what is stored; empty if nothing is. */
  stored(): string {
    return this.events.length > 0 ? JSON.stringify(this.#profile) : "";
  }

  #dropVerdicts(item: string): void {
    for (const event of this.events) {
      if (event.kind !== "describe" && event.item === item && isVerdict(event.kind)) this.#profile.forget(event.id);
    }
  }

  #save(): void {
    try {
      if (this.events.length > 0) this.#storage.setItem(KEY, this.stored());
      else this.#storage.removeItem(KEY);
    } catch {
      // Storage is full or forbidden: the page goes on, and forgets when it is closed.
    }
  }
}
