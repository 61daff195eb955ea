// The part of the page above the list that asks for a taste, and then shows it: starters for a newcomer, the strip of what they
// like for everybody else, and a sentence for both.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ProfileEvent, Verdict } from "../profile/profile_store.ts";
import { h } from "./dom.ts";
import type { EventWords } from "./event_words.ts";
import { Onboarding } from "./onboarding.ts";
import { SentenceForm } from "./sentence_form.ts";
import { showTaste } from "./taste_strip.ts";

export interface BeginningActions {
  open(index: number): void;
  pick(index: number): void;
  forget(event: ProfileEvent): void;
  /** Settles when the sentence was read. */
  say(text: string): Promise<void>;
}

export class Beginning {
  readonly #catalogue: Catalogue;
  readonly #words: EventWords;
  readonly #actions: BeginningActions;
  readonly #onboarding: Onboarding;
  readonly #strip = h("section", { class: "taste", "aria-label": "What you like", hidden: true });
  readonly #form: SentenceForm;
  #events: readonly ProfileEvent[] = [];
  #isPicking = false; // stays so until the person is done, or comes back
  #isSaying = false;

  constructor(container: HTMLElement, catalogue: Catalogue, words: EventWords, actions: BeginningActions) {
    this.#catalogue = catalogue;
    this.#words = words;
    this.#actions = actions;
    this.#onboarding = new Onboarding(catalogue, {
      pick: (index) => actions.pick(index),
      done: () => {
        this.#isPicking = false;
        this.#draw();
        this.#strip.querySelector<HTMLElement>("button")?.focus();
      },
    });
    this.#form = new SentenceForm("begin", async (text) => {
      await actions.say(text);
      this.#isSaying = false;
      this.#draw();
    });
    container.replaceChildren(this.#onboarding.element, this.#form.element, this.#strip);
  }

  setStarters(starters: readonly number[]): void {
    this.#onboarding.setStarters(starters);
  }

  update(events: readonly ProfileEvent[], verdictOf: (index: number) => Verdict | undefined): void {
    this.#events = events;
    if (events.length === 0) this.#isPicking = true;
    this.#onboarding.update(verdictOf);
    this.#draw();
  }

  #draw(): void {
    this.#onboarding.element.hidden = !this.#isPicking;
    this.#form.element.hidden = !this.#isPicking && !this.#isSaying;
    showTaste(this.#strip, this.#catalogue, this.#events, this.#words, this.#isPicking, {
      open: (index) => this.#actions.open(index),
      forget: (event) => this.#actions.forget(event),
      addSentence: () => {
        this.#isSaying = true;
        this.#draw();
        this.#form.focus();
      },
    });
  }
}
