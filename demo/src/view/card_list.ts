// The list of cards. Cards that stay are kept and glide to their new places, so that the eye can follow what an event changed.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { Card, type CardActions, type CardState } from "./card.ts";
import { glide, placesOf } from "./glide.ts";

export interface ListedCard extends CardState {
  index: number;
}

export class CardList {
  readonly #list: HTMLElement;
  readonly #catalogue: Catalogue;
  readonly #actions: CardActions;
  #cards = new Map<number, Card>();

  constructor(list: HTMLElement, catalogue: Catalogue, actions: CardActions) {
    this.#list = list;
    this.#catalogue = catalogue;
    this.#actions = actions;
    list.addEventListener("keydown", (event) => this.#onKey(event));
  }

  show(listed: readonly ListedCard[], animate: boolean): void {
    const before = animate ? placesOf(this.#list) : undefined;
    const focused = this.#focusedPosition();
    const cards = new Map<number, Card>();
    for (const { index, ...state } of listed) {
      const program = this.#catalogue.programs[index];
      if (!program) continue;
      const card = this.#cards.get(index) ?? new Card(program, index, this.#catalogue.icons, this.#actions);
      card.update(state);
      cards.set(index, card);
    }
    this.#cards = cards;
    this.#list.replaceChildren(...Array.from(cards.values(), ({ element }) => element));
    this.#list.setAttribute("aria-busy", "false");
    if (focused) this.#restoreFocus(focused);
    if (before) glide(this.#list, before);
  }

  /** Another list is on its way. */
  setBusy(): void {
    this.#list.setAttribute("aria-busy", "true");
  }

  /** Shows each card the sentence that answers the query, where it has one. */
  showPassages(passages: ReadonlyMap<number, string>, query: string): void {
    for (const [index, card] of this.#cards) card.showPassage(passages.get(index), query);
  }

  #items(): HTMLElement[] {
    return Array.from(this.#list.children) as HTMLElement[];
  }

  #focusedPosition(): { card: HTMLElement; position: number; control: HTMLElement } | undefined {
    const control = document.activeElement;
    const card = control?.closest("li");
    if (!(control instanceof HTMLElement) || !card || card.parentElement !== this.#list) return undefined;
    return { card, position: this.#items().indexOf(card), control };
  }

  /** Moving an element takes its focus away; a card that left hands it to the one now in its place. */
  #restoreFocus({ card, position, control }: { card: HTMLElement; position: number; control: HTMLElement }): void {
    if (card.isConnected) {
      control.focus({ preventScroll: true });
      return;
    }
    const items = this.#items();
    const heir = items[Math.min(position, items.length - 1)];
    const className = control.classList.item(1) ?? control.classList.item(0);
    heir?.querySelector<HTMLElement>(`.${className}`)?.focus({ preventScroll: true });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = this.#focusedPosition();
    if (!focused) return;
    const target = this.#targetOf(event.key, focused.position);
    if (target) {
      target.querySelector<HTMLElement>(".card-link")?.focus();
    } else if (event.key === "l") {
      focused.card.querySelector<HTMLElement>(".verdict-like")?.click();
    } else if (event.key === "x") {
      focused.card.querySelector<HTMLElement>(".verdict-dislike")?.click();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** The card that an arrow key, Home or End leads to, in the grid as it is laid out now. */
  #targetOf(key: string, position: number): HTMLElement | undefined {
    const items = this.#items();
    const top = items[0]?.offsetTop;
    const firstOfSecondRow = items.findIndex((item) => item.offsetTop !== top);
    const columns = firstOfSecondRow > 0 ? firstOfSecondRow : items.length;
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    if (key === "Home") return items[0];
    if (key === "End") return items.at(-1);
    const step = steps[key];
    return step === undefined ? undefined : items[position + step];
  }
}
