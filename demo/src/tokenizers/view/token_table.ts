// Ids and offsets of one row, in a table that opens on demand.
import { h } from "../../view/dom.ts";
import { visible } from "../text/visible.ts";
import type { Encoded } from "../worker/protocol.ts";

/** Table rows drawn at most: a table of thousands is for a program, which the copied ids are for. */
const DRAWN = 500;

const COLUMNS = ["#", "Token", "Id", "Start", "End", "Word", "Text"];

function rowOf(encoded: Encoded, text: string, i: number): HTMLTableRowElement {
  const start = encoded.offsets[2 * i] as number;
  const end = encoded.offsets[2 * i + 1] as number;
  const word = encoded.wordIds[i] as number;
  const cells = [
    String(i),
    h("code", {}, encoded.tokens[i] ?? ""),
    String(encoded.ids[i]),
    String(start),
    String(end),
    word < 0 ? "\u2013" : String(word),
    visible(text.slice(start, end)),
  ];
  return h("tr", {}, ...cells.map((cell) => h("td", {}, cell)));
}

export class TokenTable {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #body = h("tbody");
  readonly #copy = h("button", { type: "button", class: "small-button" }, "Copy the ids");
  readonly #note = h("span", { class: "fine" });
  readonly #region: HTMLElement;
  #content: { encoded: Encoded; text: string } | undefined;

  constructor(key: string, name: string) {
    const id = `table-${key}`;
    this.button = h(
      "button",
      { type: "button", class: "small-button", "aria-expanded": "false", "aria-controls": id, "data-testid": "table" },
      "Ids and offsets",
    );
    this.#region = h(
      "div",
      { class: "token-table", tabindex: 0, role: "region", "aria-label": `Ids and offsets: ${name}` },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ...COLUMNS.map((column) => h("th", { scope: "col" }, column)))),
        this.#body,
      ),
    );
    this.element = h(
      "div",
      { id, class: "token-details", hidden: true },
      this.#region,
      h("p", {}, this.#copy, this.#note),
    );
    this.button.addEventListener("click", () => this.#toggle());
    this.#copy.addEventListener("click", () => void this.#copyIds());
  }

  show(encoded: Encoded, text: string): void {
    this.#content = { encoded, text };
    if (!this.element.hidden) this.#draw();
  }

  #toggle(): void {
    this.element.hidden = !this.element.hidden;
    this.button.setAttribute("aria-expanded", String(!this.element.hidden));
    this.#draw();
  }

  #draw(): void {
    if (!this.#content) return;
    const { encoded, text } = this.#content;
    const shown = Math.min(encoded.ids.length, DRAWN);
    this.#body.replaceChildren(...Array.from({ length: shown }, (_, i) => rowOf(encoded, text, i)));
    this.#note.textContent = shown < encoded.ids.length ? `The first ${shown} of ${encoded.ids.length} tokens` : "";
  }

  async #copyIds(): Promise<void> {
    const ids = JSON.stringify(Array.from(this.#content?.encoded.ids ?? []));
    try {
      await navigator.clipboard.writeText(ids);
      this.#note.textContent = "Copied";
    } catch {
      this.#note.textContent = "The browser did not allow it";
    }
  }
}
