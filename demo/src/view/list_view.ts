// The list with its heading: the first cards of a listing, more of them on demand, and the sentences that answer a search.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ModelState } from "../engine/engine_client.ts";
import type { Listing } from "../lister.ts";
import type { ProfileEvent, ProfileStore, Verdict } from "../profile/profile_store.ts";
import type { CardActions } from "./card.ts";
import { CardList } from "./card_list.ts";
import { find } from "./dom.ts";
import type { EventWords } from "./event_words.ts";
import { ResultsHead } from "./results_head.ts";

export const PAGE_SIZE = 24;

export interface ListViewActions extends CardActions {
  /** The list is shown to its end, and could go on. */
  lengthen(): void;
}

export class ListView {
  readonly #catalogue: Catalogue;
  readonly #store: ProfileStore;
  readonly #words: EventWords;
  readonly #cards: CardList;
  readonly #actions: ListViewActions;
  readonly #head: ResultsHead;
  readonly #more = find("more");
  #listing: Listing | undefined;
  #events: readonly ProfileEvent[] = []; // those that the listing was made for
  #passages = new Map<number, string>();
  #shown = PAGE_SIZE;
  #focusFrom: number | undefined; // the place in the list that gets the focus once it is there

  constructor(catalogue: Catalogue, store: ProfileStore, words: EventWords, actions: ListViewActions) {
    this.#actions = actions;
    this.#catalogue = catalogue;
    this.#store = store;
    this.#words = words;
    this.#cards = new CardList(find("cards"), catalogue, actions);
    this.#head = new ResultsHead(catalogue);
    this.#more.addEventListener("click", () => this.#showMore());
  }

  /** The list in a sentence, for those who do not see it. */
  get text(): string {
    const first = this.#catalogue.programs[this.#listing?.entries[0]?.item ?? -1]?.name;
    return `${this.#head.text}${first ? `. First: ${first}.` : "."}`;
  }

  /** The sentence that the present search found a program by. */
  passageOf(index: number): string | undefined {
    return this.#passages.get(index);
  }

  verdictOf(index: number): Verdict | undefined {
    const program = this.#catalogue.programs[index];
    return program && this.#store.verdictOf(program.id);
  }

  /** Another list is on its way. @param isOther it is no other order of the same, so it begins at its top */
  setBusy(isOther: boolean): void {
    if (isOther) this.#shown = PAGE_SIZE;
    this.#cards.setBusy();
  }

  /** @param events of the profile that the listing was made for */
  show(listing: Listing, events: readonly ProfileEvent[], model: ModelState, animate: boolean): void {
    this.#listing = listing;
    this.#events = events;
    this.#passages.clear();
    this.#draw(animate);
    this.#head.update(listing, this.#store.events.length > 0, model);
  }

  /** Shows what is now said about the programs of a list that is itself the same. */
  update(): void {
    if (this.#listing) this.#draw(false);
  }

  showPassages(passages: ReadonlyMap<number, string>): void {
    for (const [item, passage] of passages) this.#passages.set(item, passage);
    this.#cards.showPassages(this.#passages, this.#listing?.query ?? "");
  }

  #draw(animate: boolean): void {
    const { entries, query, total } = this.#listing as Listing;
    const cards = entries.slice(0, this.#shown).map(({ item, because, part }) => {
      const event = because === undefined ? undefined : this.#events[because];
      const reason = event && { event: this.#words.speak(event), part: part ?? 0 };
      return { index: item, verdict: this.verdictOf(item), because: reason };
    });
    this.#cards.show(cards, animate);
    this.#cards.showPassages(this.#passages, query);
    this.#more.hidden = total <= this.#shown;
    this.#focusNew();
  }

  #showMore(): void {
    this.#focusFrom = this.#shown;
    this.#shown += PAGE_SIZE;
    const { entries, total } = this.#listing as Listing;
    if (entries.length < Math.min(total, this.#shown)) this.#actions.lengthen();
    this.#draw(false);
  }

  #focusNew(): void {
    const card = this.#focusFrom === undefined ? undefined : find("cards").children[this.#focusFrom];
    if (!card) return;
    this.#focusFrom = undefined;
    card.querySelector<HTMLElement>(".card-link")?.focus();
  }
}
