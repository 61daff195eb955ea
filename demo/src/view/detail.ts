// One program in full, in a dialog that opens over the list.
import { appAddress } from "../address.ts";
import type { Block, Catalogue } from "../catalogue/catalogue.ts";
import type { Verdict } from "../profile/profile_store.ts";
import { type CardActions, verdictButtons } from "./card.ts";
import { h, symbol, wantsNewTab } from "./dom.ts";
import { programIcon } from "./program_icon.ts";

export interface DetailActions extends CardActions {
  /** @throws Error (as a rejection) if it could not be read */
  description(index: number): Promise<readonly Block[]>;
}

/** What is shown of a program beside what the catalogue says. */
export interface DetailState {
  verdict: Verdict | undefined;
  /** The sentence that a search found it by. */
  passage: string | undefined;
}

/** A text with one sentence marked, where it has it. */
function withPassage(text: string, passage: string | undefined): (Node | string)[] {
  const start = passage ? text.indexOf(passage) : -1;
  if (!passage || start < 0) return [text];
  return [text.slice(0, start), h("mark", { class: "passage-mark" }, passage), text.slice(start + passage.length)];
}

function showBlocks(blocks: readonly Block[], passage: string | undefined): Node[] {
  return blocks.map((block) =>
    typeof block === "string"
      ? h("p", {}, ...withPassage(block, passage))
      : h("ul", {}, ...block.map((item) => h("li", {}, ...withPassage(item, passage)))),
  );
}

export class Detail {
  readonly #dialog: HTMLDialogElement;
  readonly #catalogue: Catalogue;
  readonly #actions: DetailActions;
  readonly #why = h("section", { class: "why", hidden: true, "data-testid": "why" });
  readonly #similarPart = h("section", { class: "similar-part", hidden: true });
  #open: { index: number; update(verdict: Verdict | undefined): void } | undefined;

  /** @param onClose called when the person closes it */
  constructor(dialog: HTMLDialogElement, catalogue: Catalogue, actions: DetailActions, onClose: () => void) {
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

  get shown(): number | undefined {
    return this.#open?.index;
  }

  show(index: number, { verdict, passage }: DetailState): void {
    const program = this.#catalogue.programs[index];
    if (!program) return;
    const buttons = verdictButtons(program, index, this.#actions, ["like", "save", "dislike"], true);
    buttons.update(verdict);
    const close = h(
      "button",
      { type: "button", class: "round-button detail-close", "aria-label": "Close" },
      symbol("close"),
    );
    close.addEventListener("click", () => this.#dialog.close());
    const body = h("div", { class: "detail-body", "data-testid": "description" });
    void this.#fillBody(body, index, passage);
    this.#why.hidden = true;
    this.#similarPart.hidden = true;
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
        this.#why,
        body,
        this.#facts(index),
        this.#similarPart,
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

  /** Shows how the score of the open program is made up. */
  showWhy(table: HTMLElement | undefined): void {
    this.#why.hidden = !table;
    if (table) this.#why.replaceChildren(h("h3", {}, "How it fits you"), table);
  }

  /** @param similar programs to offer next */
  showSimilar(similar: readonly number[]): void {
    const items = similar.flatMap((index) => this.#link(index));
    this.#similarPart.hidden = items.length === 0;
    this.#similarPart.replaceChildren(
      h("h3", { class: "similar-title" }, "Close in meaning"),
      h("ul", { class: "similar" }, ...items),
    );
  }

  /** Closes it without telling: the address has changed already. */
  close(): void {
    this.#open = undefined;
    this.#dialog.close();
  }

  async #fillBody(body: HTMLElement, index: number, passage: string | undefined): Promise<void> {
    body.append(h("div", { class: "skeleton-lines", "aria-hidden": "true" }, h("span"), h("span"), h("span")));
    try {
      body.replaceChildren(...showBlocks(await this.#actions.description(index), passage));
    } catch {
      const retry = h("button", { type: "button", class: "link-button" }, "Try again");
      retry.addEventListener("click", () => {
        body.replaceChildren();
        void this.#fillBody(body, index, passage);
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

  #link(index: number): Node[] {
    const program = this.#catalogue.programs[index];
    if (!program) return [];
    const link = h(
      "a",
      { class: "similar-link", href: appAddress(program.id) },
      programIcon(program, index, this.#catalogue.icons, "medium"),
      h("span", {}, program.name),
    );
    link.addEventListener("click", (event) => {
      if (wantsNewTab(event)) return;
      event.preventDefault();
      this.#actions.open(index);
    });
    return [h("li", {}, link)];
  }
}
