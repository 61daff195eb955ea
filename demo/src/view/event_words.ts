// How the page speaks of the events in a profile.
import type { Catalogue, Program } from "../catalogue/catalogue.ts";
import type { EventKind, ProfileEvent } from "../profile/profile_store.ts";

export const KIND_WORDS: Record<EventKind, string> = {
  view: "Looked at",
  click: "Opened",
  like: "Liked",
  save: "Saved",
  dislike: "Not for me",
  hide: "Hidden",
};

const DEEDS: Record<EventKind, string> = {
  view: "you looked at",
  click: "you opened",
  like: "you liked",
  save: "you saved",
  dislike: "you did not like",
  hide: "you hid",
};

export interface SpokenEvent {
  /** "you liked" */
  deed: string;
  /** "Krita", or the sentence in quotes */
  what: string;
  index: number | undefined;
  program: Program | undefined;
}

/** Says what events are about, by the catalogue as it is now. */
export class EventWords {
  readonly #catalogue: Catalogue;
  readonly #numbers: Map<string, number>;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#numbers = new Map(catalogue.programs.map(({ id }, index) => [id, index]));
  }

  indexOf(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  speak(event: ProfileEvent): SpokenEvent {
    if (event.kind === "describe")
      return { deed: "you said", what: `\u201c${event.text}\u201d`, index: undefined, program: undefined };
    const index = this.indexOf(String(event.item));
    const program = index === undefined ? undefined : this.#catalogue.programs[index];
    return { deed: DEEDS[event.kind], what: program?.name ?? String(event.item), index, program };
  }
}
