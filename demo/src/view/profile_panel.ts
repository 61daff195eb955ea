// "What this page knows": everything it has stored about the person, with a way to take back each thing and all of them.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Profile, ProfileEvent } from "../profile/profile.ts";
import type { SearchState } from "../search/search_client.ts";
import { h, symbol } from "./dom.ts";
import { programIcon } from "./program_icon.ts";

export interface ProfilePanelActions {
  forget(id: string): void;
  forgetAll(): void;
}

const when = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** Requests of this page to other origins, as the browser itself counted them. */
function foreignRequests(): number {
  return performance
    .getEntriesByType("resource")
    .filter(({ name }) => /^https?:/.test(name) && new URL(name).origin !== location.origin).length;
}

export class ProfilePanel {
  readonly #dialog: HTMLDialogElement;
  readonly #catalogue: Catalogue;
  readonly #profile: Profile;
  readonly #actions: ProfilePanelActions;
  readonly #indexOf: Map<string, number>;
  #search: SearchState | undefined;
  #offline = false;

  constructor(dialog: HTMLDialogElement, catalogue: Catalogue, profile: Profile, actions: ProfilePanelActions) {
    this.#dialog = dialog;
    this.#catalogue = catalogue;
    this.#profile = profile;
    this.#actions = actions;
    this.#indexOf = new Map(catalogue.programs.map(({ id }, index) => [id, index]));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  open(): void {
    this.#dialog.showModal();
    this.update();
    this.#dialog.querySelector<HTMLElement>(".detail-close")?.focus();
  }

  setEngine(search: SearchState, offline: boolean): void {
    this.#search = search;
    this.#offline = offline;
    this.update();
  }

  /** Draws the panel anew, if it is open. */
  update(): void {
    if (!this.#dialog.open) return;
    const close = h(
      "button",
      { type: "button", class: "round-button detail-close", "aria-label": "Close" },
      symbol("close"),
    );
    close.addEventListener("click", () => this.#dialog.close());
    const hadFocus = this.#dialog.contains(document.activeElement);
    this.#dialog.replaceChildren(
      h(
        "article",
        { class: "panel" },
        h("h2", { id: "profile-title" }, "What this page knows"),
        this.#summary(),
        ...this.#events("like", "You like"),
        ...this.#events("dislike", "Not for you"),
        ...this.#stored(),
        this.#promises(),
        close,
      ),
    );
    if (hadFocus) close.focus();
  }

  #summary(): HTMLElement {
    const bytes = new TextEncoder().encode(this.#profile.stored()).length;
    if (bytes === 0)
      return h(
        "p",
        { class: "panel-lead" },
        "Nothing yet. When you like or dismiss a program, it is noted here, in this browser, and nowhere else.",
      );
    return h(
      "p",
      { class: "panel-lead" },
      `${plural(this.#profile.events.length, "choice")} of yours, ${plural(bytes, "byte")}, in this browser's local storage and nowhere else.`,
    );
  }

  #events(verdict: ProfileEvent["verdict"], title: string): Node[] {
    const events = this.#profile.events.filter((event) => event.verdict === verdict).toReversed();
    if (events.length === 0) return [];
    return [h("h3", {}, title), h("ul", { class: "panel-events" }, ...events.map((event) => this.#event(event)))];
  }

  #event({ id, at }: ProfileEvent): HTMLElement {
    const index = this.#indexOf.get(id);
    const program = index === undefined ? undefined : this.#catalogue.programs[index];
    const forget = h(
      "button",
      { type: "button", class: "small-button", "aria-label": `Forget ${program?.name ?? id}`, "data-testid": "forget" },
      "Forget",
    );
    forget.addEventListener("click", () => this.#actions.forget(id));
    return h(
      "li",
      { class: "panel-event", "data-testid": "known", "data-id": id },
      program && index !== undefined ? programIcon(program, index, this.#catalogue.icons, "small") : undefined,
      h("span", { class: "panel-event-name" }, program?.name ?? `${id} (no longer in the catalogue)`),
      h("time", { datetime: new Date(at).toISOString() }, when.format(at)),
      forget,
    );
  }

  #stored(): Node[] {
    const stored = this.#profile.stored();
    if (!stored) return [];
    const all = h(
      "button",
      { type: "button", class: "small-button danger", "data-testid": "forget-all" },
      "Forget everything",
    );
    all.addEventListener("click", () => this.#actions.forgetAll());
    return [
      h(
        "details",
        {},
        h("summary", {}, "Exactly what is stored"),
        h("pre", {}, JSON.stringify(JSON.parse(stored), undefined, 2)),
      ),
      h("p", {}, all),
    ];
  }

  #promises(): HTMLElement {
    const engine = this.#search?.stage === "ready" ? this.#search.engine : undefined;
    const foreign = foreignRequests();
    return h(
      "div",
      { class: "panel-promises" },
      h("h3", {}, "What leaves this page"),
      h("p", { class: "big-number", "data-testid": "foreign-requests" }, String(foreign)),
      h(
        "p",
        {},
        `${foreign === 1 ? "request" : "requests"} to other sites since you opened it, counted by your browser. What you type is turned into a vector of ${this.#catalogue.dimensions} numbers in this page, by a language model that runs in WebAssembly, and compared with the programs' vectors here.`,
      ),
      engine
        ? h(
            "p",
            { class: "fine" },
            `${engine.name}, ${engine.megabytes.toFixed(0)} MB of weights (${engine.license}), running on the ${engine.binary} binary of kinvec.`,
          )
        : undefined,
      this.#offline
        ? h(
            "p",
            { class: "fine", "data-testid": "offline-ready" },
            "This page is stored in your browser and works without a network.",
          )
        : undefined,
    );
  }
}
