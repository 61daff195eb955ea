// Taking the profile elsewhere and bringing one in: two buttons, and a file dropped on the panel.
import { h } from "./dom.ts";

export interface TransferActions {
  exportProfile(): void;
  /** @throws Error (as a rejection) whose message says what is wrong with the file */
  importProfile(file: File): Promise<void>;
}

export class TransferButtons {
  readonly element: HTMLElement;
  readonly #error = h("p", { class: "error-text", role: "alert", "data-testid": "import-error", hidden: true });
  readonly #export: HTMLButtonElement;
  readonly #actions: TransferActions;

  /** @param target a file may be dropped anywhere on it */
  constructor(target: HTMLElement, actions: TransferActions) {
    this.#actions = actions;
    this.#export = h("button", { type: "button", class: "small-button", "data-testid": "export" }, "Export");
    this.#export.addEventListener("click", () => actions.exportProfile());
    const picker = h("input", {
      type: "file",
      accept: ".json,application/json",
      class: "visually-hidden",
      tabindex: -1,
      "aria-hidden": "true",
      "data-testid": "import",
    });
    picker.addEventListener("change", () => {
      const [file] = picker.files ?? [];
      if (file) void this.#import(file);
      picker.value = ""; // the same file may be chosen again
    });
    const pick = h("button", { type: "button", class: "small-button", "data-testid": "import-button" }, "Import\u2026");
    pick.addEventListener("click", () => picker.click());
    this.element = h(
      "div",
      { class: "transfer" },
      h("div", { class: "transfer-buttons" }, this.#export, pick, picker),
      h(
        "p",
        { class: "fine" },
        "Export makes a file of it all. Import reads such a file; it may also be dropped here.",
      ),
      this.#error,
    );
    target.addEventListener("dragover", (event) => {
      event.preventDefault();
      target.classList.add("drop-target");
    });
    for (const end of ["dragleave", "drop"]) target.addEventListener(end, () => target.classList.remove("drop-target"));
    target.addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) void this.#import(file);
    });
  }

  update(isEmpty: boolean): void {
    this.#export.disabled = isEmpty;
  }

  clearError(): void {
    this.#error.hidden = true;
  }

  async #import(file: File): Promise<void> {
    this.clearError();
    try {
      await this.#actions.importProfile(file);
    } catch (error) {
      this.#error.textContent = error instanceof Error ? error.message : String(error);
      this.#error.hidden = false;
    }
  }
}
