// The heading over the list, what the list goes by, and the words for a list that is empty.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Finder } from "../finder.ts";
import type { SearchState } from "../search/search_client.ts";
import { find, h } from "./dom.ts";

const ORIGINS = { debian: "from Debian's catalogue", written: "from this page's own small catalogue" };

export class ResultsHead {
  readonly #title = find("results-title");
  readonly #note = find("results-note");
  readonly #empty = find("empty");
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** The heading as last shown. */
  get text(): string {
    return this.#title.textContent ?? "";
  }

  update(finder: Finder, count: number, search: SearchState): void {
    const amount = `${count.toLocaleString("en")} ${count === 1 ? "program" : "programs"}`;
    const inSection = finder.section ? ` in ${finder.section}` : "";
    if (finder.kind === "meaning") {
      this.#title.textContent = `Nearest to \u201c${finder.query}\u201d`;
      this.#note.textContent = `${amount}${inSection}, nearest in meaning first`;
    } else if (finder.kind === "words") {
      this.#title.textContent = `With the words of \u201c${finder.query}\u201d`;
      this.#note.textContent = `${amount}${inSection}, found by words`;
    } else if (finder.kind === "recommended") {
      this.#title.textContent = "For you";
      this.#note.textContent = `${amount}${inSection}, in the order of your taste`;
    } else {
      this.#title.textContent = "To begin with";
      this.#note.textContent = `${amount}${inSection}, ${ORIGINS[this.#catalogue.source]}`;
    }
    this.#empty.hidden = count > 0;
    if (count === 0) this.#empty.replaceChildren(...this.#explain(finder, search));
  }

  #explain(finder: Finder, search: SearchState): Node[] {
    if (!finder.query)
      return [
        h("h3", {}, "You have seen all of this section"),
        h("p", {}, "Every program here has been liked or dismissed. Choose another section."),
      ];
    const hope =
      search.stage === "loading"
        ? "As soon as the language model is here, the nearest in meaning will appear by themselves."
        : "Try other words, or another section.";
    return [h("h3", {}, "No program has these words"), h("p", {}, hope)];
  }
}
