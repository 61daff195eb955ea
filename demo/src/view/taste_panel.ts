// The column beside the list: the map, the person's interests on it, and the exploration dial.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { type Interest, regionsOf } from "../map/regions.ts";
import type { Point } from "../map/viewport.ts";
import type { ProfileEvent } from "../profile/profile_store.ts";
import { Dial } from "./dial.ts";
import { find, h } from "./dom.ts";
import type { EventWords } from "./event_words.ts";
import { showInterests } from "./interests.ts";
import { MapCard } from "./map_card.ts";

export interface TastePanelActions {
  open(index: number): void;
  tell(text: string): void;
  explore(exploration: number): void;
}

const nameOf = (event: ProfileEvent | undefined): string =>
  event === undefined ? "" : event.kind === "describe" ? `said ${event.text}` : String(event.item);

export class TastePanel {
  readonly #places: readonly Point[];
  readonly #words: EventWords;
  readonly #card: MapCard;
  readonly #interests = h("ul", { class: "interests", "aria-label": "Your interests", hidden: true });
  readonly #hint = h(
    "p",
    { class: "map-hint" },
    "Every dot is a program; neighbours mean similar things. Like one, and your interests light up.",
  );

  constructor(
    container: HTMLElement,
    catalogue: Catalogue,
    places: readonly Point[],
    words: EventWords,
    actions: TastePanelActions,
  ) {
    this.#places = places;
    this.#words = words;
    const home = h("div", { class: "map-home" });
    this.#card = new MapCard(home, find<HTMLDialogElement>("map-dialog"), catalogue, places, actions);
    container.replaceChildren(
      home,
      this.#hint,
      this.#interests,
      new Dial((exploration) => actions.explore(exploration)).element,
    );
  }

  /** @param events of the profile that the interests were found in */
  showInterests(interests: readonly Interest[], events: readonly ProfileEvent[]): void {
    const { map } = this.#card;
    const regions = regionsOf(interests, this.#places, map.regions, (at) => nameOf(events[at]));
    map.setRegions(regions);
    showInterests(this.#interests, interests, regions, events, this.#words, (slot) => map.showRegion(slot));
    this.#hint.hidden = interests.length > 0;
  }

  showLiked(items: readonly number[]): void {
    this.#card.map.setLiked(items);
  }

  /** Marks what the list shows. */
  showHits(items: readonly number[]): void {
    this.#card.map.setHits(items);
  }
}
