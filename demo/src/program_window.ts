// The program that is open over the list: what is asked of the worker for it, and what of it is told to the address and the profile.
import type { Catalogue } from "./catalogue/catalogue.ts";
import type { EngineClient } from "./engine/engine_client.ts";
import type { ProfileStore, Verdict } from "./profile/profile_store.ts";
import type { CardActions } from "./view/card.ts";
import { Detail } from "./view/detail.ts";
import { find } from "./view/dom.ts";
import type { EventWords } from "./view/event_words.ts";
import { whyTable } from "./view/why.ts";

const SIMILAR = 6;

export interface ProgramWindowActions extends CardActions {
  /** The person closed it. */
  closed(): void;
}

export class ProgramWindow {
  readonly #catalogue: Catalogue;
  readonly #engine: EngineClient;
  readonly #store: ProfileStore;
  readonly #words: EventWords;
  readonly #detail: Detail;
  #app: string | undefined;

  constructor(
    catalogue: Catalogue,
    engine: EngineClient,
    store: ProfileStore,
    words: EventWords,
    actions: ProgramWindowActions,
  ) {
    this.#catalogue = catalogue;
    this.#engine = engine;
    this.#store = store;
    this.#words = words;
    const description = async (item: number) => (await engine.ask("description", { item })) ?? [];
    this.#detail = new Detail(find<HTMLDialogElement>("detail"), catalogue, { ...actions, description }, () => {
      this.#app = undefined;
      actions.closed();
    });
  }

  /** Identifier of the open program. */
  get app(): string | undefined {
    return this.#app;
  }

  /**
   * @param passage the sentence that a search found it by
   * @param exploration of the feed, whose chance is part of the score
   */
  open(index: number, passage: string | undefined, exploration: number): void {
    const program = this.#catalogue.programs[index];
    if (!program || this.#app === program.id) return;
    this.#app = program.id;
    this.#detail.show(index, { verdict: this.#store.verdictOf(program.id), passage });
    this.#ask(index, exploration);
  }

  /** Closes it without telling: the address has changed already. */
  close(): void {
    this.#app = undefined;
    this.#detail.close();
  }

  /** Shows what is now said about the open program. */
  update(verdictOf: (index: number) => Verdict | undefined): void {
    this.#detail.update(verdictOf);
  }

  /** What is not known at once follows; if the worker cannot say, the rest is still there to read. */
  #ask(item: number, exploration: number): void {
    const { events } = this.#store;
    const profile = this.#store.bytes();
    const isShown = () => this.#detail.shown === item;
    if (events.length > 0) {
      this.#engine.ask("explain", { profile, item, exploration }).then(
        (explanation) => {
          if (explanation && isShown()) this.#detail.showWhy(whyTable(explanation, events, this.#words));
        },
        () => {},
      );
    }
    this.#engine.ask("similar", { item, count: SIMILAR }).then(
      (similar) => {
        if (similar && isShown()) this.#detail.showSimilar(similar);
      },
      () => {},
    );
  }
}
