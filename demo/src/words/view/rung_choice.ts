// The rungs to choose from: check boxes that say what they stand for.
import { h } from "../../view/dom.ts";
import { RUNG_KEYS, RUNGS, type RungKey } from "../rungs/rungs.ts";

const ALL: readonly RungKey[] = [...RUNG_KEYS, "own"];

export class RungChoice {
  readonly #inputs = new Map<RungKey, HTMLInputElement>();
  readonly #lines = new Map<RungKey, HTMLElement>();

  /** @param onChange called with the chosen ones, from the lowest rung to the highest; never with none */
  constructor(container: HTMLElement, onChange: (rungs: RungKey[]) => void) {
    for (const key of ALL) {
      const { name, about } = RUNGS[key];
      const input = h("input", { type: "checkbox", value: key, "data-testid": `rung-${key}` });
      const line = h(
        "label",
        { class: `rung rung-${key}`, hidden: key === "own" },
        input,
        h("span", { class: "rung-text" }, h("strong", {}, name), h("span", {}, about)),
      );
      input.addEventListener("change", () => {
        if (this.chosen().length === 0)
          input.checked = true; // something must stand in the columns
        else onChange(this.chosen());
      });
      this.#inputs.set(key, input);
      this.#lines.set(key, line);
      container.append(line);
    }
  }

  chosen(): RungKey[] {
    return ALL.filter((key) => this.#inputs.get(key)?.checked);
  }

  set(rungs: readonly RungKey[]): void {
    for (const [key, input] of this.#inputs) input.checked = rungs.includes(key);
  }

  /** There is something to choose by this name now. */
  offer(key: RungKey): void {
    const line = this.#lines.get(key);
    if (line) line.hidden = false;
  }
}
