// "What this page knows": everything it has stored about the person, with ways to change, take away and forget it, and what left
// the page.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ModelState } from "../engine/engine_client.ts";
import type { ProfileStore } from "../profile/profile_store.ts";
import { h, symbol } from "./dom.ts";
import type { EventWords } from "./event_words.ts";
import { type KnownEventActions, knownEvent } from "./known_event.ts";
import { type TransferActions, TransferButtons } from "./transfer_buttons.ts";

export interface ProfilePanelActions extends KnownEventActions, TransferActions {
  forgetAll(): void;
}

const plural = (count: number, one: string) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

export class ProfilePanel {
  readonly #dialog: HTMLDialogElement;
  readonly #catalogue: Catalogue;
  readonly #store: ProfileStore;
  readonly #words: EventWords;
  readonly #actions: ProfilePanelActions;
  readonly #transfer: TransferButtons;
  readonly #close = h(
    "button",
    { type: "button", class: "round-button detail-close", "aria-label": "Close" },
    symbol("close"),
  );
  readonly #lead = h("p", { class: "panel-lead" });
  readonly #forgetAll = h(
    "button",
    { type: "button", class: "small-button danger", "data-testid": "forget-all" },
    "Forget everything",
  );
  readonly #events = h("ul", { class: "panel-events" });
  readonly #stored = h("pre", { tabindex: 0, "aria-label": "What is stored, as JSON" });
  readonly #storedPart = h("details", {}, h("summary", {}, "Exactly what is stored"), this.#stored);
  readonly #engine = h("p", { class: "fine" });
  readonly #offline = h(
    "p",
    { class: "fine", "data-testid": "offline-ready", hidden: true },
    "This page is stored in your browser and works without a network.",
  );

  /** @param sent the counter of what left the page */
  constructor(
    dialog: HTMLDialogElement,
    catalogue: Catalogue,
    store: ProfileStore,
    words: EventWords,
    sent: HTMLElement,
    actions: ProfilePanelActions,
  ) {
    this.#dialog = dialog;
    this.#catalogue = catalogue;
    this.#store = store;
    this.#words = words;
    this.#actions = actions;
    this.#transfer = new TransferButtons(dialog, actions);
    this.#transfer.element.querySelector(".transfer-buttons")?.append(this.#forgetAll);
    this.#forgetAll.addEventListener("click", () => actions.forgetAll());
    this.#close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.replaceChildren(
      h(
        "article",
        { class: "panel" },
        h("h2", { id: "profile-title" }, "What this page knows"),
        this.#lead,
        this.#transfer.element,
        this.#events,
        this.#storedPart,
        h("div", { class: "panel-promises" }, sent, this.#engine, this.#offline),
        this.#close,
      ),
    );
  }

  open(): void {
    this.#transfer.clearError();
    this.#dialog.showModal();
    this.update();
    this.#close.focus();
  }

  setModel(model: ModelState): void {
    this.#engine.hidden = model.stage !== "ready";
    if (model.stage !== "ready") return;
    const { name, license, binary, megabytes } = model.model;
    this.#engine.textContent = `${name}, ${megabytes.toFixed(0)} MB of weights (${license}), reads what you type in a worker of this page, on the ${binary} binary of kinvec.`;
  }

  setOffline(): void {
    this.#offline.hidden = false;
  }

  /** Draws what is known anew, if the panel is open. */
  update(): void {
    if (!this.#dialog.open) return;
    const { events } = this.#store;
    const stored = this.#store.stored();
    const bytes = new TextEncoder().encode(stored).length;
    this.#lead.replaceChildren(
      ...(events.length === 0
        ? ["Nothing yet. What you like, open or dismiss is noted here, in this browser, and nowhere else."]
        : [
            `${plural(events.length, "thing")} about you, `,
            h("span", { "data-testid": "bytes-used" }, plural(bytes, "byte")),
            ", in this browser's local storage and nowhere else. Change or forget any of it, and every list is as if it had never been.",
          ]),
    );
    this.#transfer.update(events.length === 0);
    this.#forgetAll.hidden = events.length === 0;
    const focused = this.#focusedRow();
    this.#events.replaceChildren(
      ...events.toReversed().map((event) => knownEvent(event, this.#catalogue, this.#words, this.#actions)),
    );
    this.#restoreFocus(focused);
    this.#storedPart.hidden = stored === "";
    this.#stored.textContent = stored && JSON.stringify(JSON.parse(stored), undefined, 2);
  }

  /** Which row and control has the focus, that drawing anew takes away. */
  #focusedRow(): { row: number; control: string } | undefined {
    const control = document.activeElement;
    const row = control?.closest("li");
    if (!(control instanceof HTMLElement) || row?.parentElement !== this.#events) return undefined;
    return { row: Array.from(this.#events.children).indexOf(row), control: control.dataset.testid ?? "" };
  }

  #restoreFocus(focused: { row: number; control: string } | undefined): void {
    if (!focused) return;
    const rows = this.#events.children;
    const heir = rows[Math.min(focused.row, rows.length - 1)];
    (heir?.querySelector<HTMLElement>(`[data-testid="${focused.control}"]`) ?? this.#close).focus();
  }
}
