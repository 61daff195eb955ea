// One program in full, in a dialog that opens over the list.
import { type Block, type Catalogue, loadDescription } from "../catalogue/catalogue.ts";
import type { Verdict } from "../profile/profile.ts";
import { type CardActions, verdictButtons } from "./card.ts";
import { h, symbol, wantsNewTab } from "./dom.ts";
import { programIcon } from "./program_icon.ts";

function showBlocks(blocks: readonly Block[]): Node[] {
  return blocks.map((block) =>
    typeof block === "string" ? h("p", {}, block) : h("ul", {}, ...block.map((item) => h("li", {}, item))),
  );
}

export class Detail {
  readonly #dialog: HTMLDialogElement;
  readonly #catalogue: Catalogue;
  readonly #actions: CardActions;
  #open: { index: number; update(verdict: Verdict | undefined): void } | undefined;

  /** @param onClose called when the person closes it */
  constructor(dialog: HTMLDialogElement, catalogue: Catalogue, actions: CardActions, onClose: () => void) {
    this.#dialog = dialog;
    this.#catalogue = catalogue;
    this.#actions = actions;
    dialog.addEventListener("close", () => {
      if (!this.#open) return;
      this.#open = undefined;
      onClose();
    });
    // A press outside the panel, on the backdrop, closes it.
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }

  /** @param similar programs to offer next */
  show(index: number, verdict: Verdict | undefined, similar: readonly number[]): void {
    const program = this.#catalogue.programs[index];
    if (!program) return;
    const buttons = verdictButtons(program, index, this.#actions, true);
    buttons.update(verdict);
    const close = h(
      "button",
      { type: "button", class: "round-button detail-close", "aria-label": "Close" },
      symbol("close"),
    );
    close.addEventListener("click", () => this.#dialog.close());
    const body = h("div", { class: "detail-body", "data-testid": "description" });
    void this.#fillBody(body, index);
    this.#dialog.setAttribute("aria-labelledby", "detail-name");
    this.#dialog.replaceChildren(
      h(
        "article",
        { class: "detail" },
        h(
          "header",
          { class: "detail-head" },
          programIcon(program, index, this.#catalogue.icons, "large"),
          h(
            "div",
            { class: "detail-title" },
            h("h2", { id: "detail-name" }, program.name),
            h("p", {}, program.summary),
          ),
          buttons.element,
        ),
        body,
        this.#facts(index),
        ...this.#similar(similar),
        close,
      ),
    );
    this.#open = { index, update: buttons.update };
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
    close.focus();
  }

  /** Shows what is now said about the open program. */
  update(verdictOf: (index: number) => Verdict | undefined): void {
    this.#open?.update(verdictOf(this.#open.index));
  }

  /** Closes it without telling: the address has changed already. */
  close(): void {
    this.#open = undefined;
    this.#dialog.close();
  }

  async #fillBody(body: HTMLElement, index: number): Promise<void> {
    body.append(h("div", { class: "skeleton-lines", "aria-hidden": "true" }, h("span"), h("span"), h("span")));
    try {
      body.replaceChildren(...showBlocks(await loadDescription(index)));
    } catch {
      const retry = h("button", { type: "button", class: "link-button" }, "Try again");
      retry.addEventListener("click", () => {
        body.replaceChildren();
        void this.#fillBody(body, index);
      });
      body.replaceChildren(h("p", { class: "error-text" }, "The description could not be read. ", retry));
    }
  }

  #facts(index: number): HTMLElement {
    const program = this.#catalogue.programs[index];
    const facts = h("dl", { class: "facts" });
    const add = (term: string, ...value: (Node | string)[]) =>
      facts.append(h("div", {}, h("dt", {}, term), h("dd", {}, ...value)));
    if (!program) return facts;
    add(program.sections.length > 1 ? "Sections" : "Section", program.sections.join(", "));
    if (program.package) add("Install on Debian", h("code", {}, `sudo apt install ${program.package}`));
    if (program.license) add("Licence", program.license);
    if (program.homepage) {
      const shown = program.homepage.replace(/^https:\/\/(www\.)?/, "").replace(/\/$/, "");
      add(
        "Home page",
        h(
          "a",
          {
            href: program.homepage,
            rel: "noopener noreferrer nofollow",
            target: "_blank",
            referrerpolicy: "no-referrer",
          },
          shown,
        ),
      );
    }
    return facts;
  }

  #similar(similar: readonly number[]): Node[] {
    const items = similar.flatMap((index) => {
      const program = this.#catalogue.programs[index];
      if (!program) return [];
      const link = h(
        "a",
        { class: "similar-link", href: `?app=${encodeURIComponent(program.id)}` },
        programIcon(program, index, this.#catalogue.icons, "medium"),
        h("span", {}, program.name),
      );
      link.addEventListener("click", (event) => {
        if (wantsNewTab(event)) return;
        event.preventDefault();
        this.#actions.open(index);
      });
      return [h("li", {}, link)];
    });
    return items.length > 0
      ? [h("h3", { class: "similar-title" }, "Close in meaning"), h("ul", { class: "similar" }, ...items)]
      : [];
  }
}
