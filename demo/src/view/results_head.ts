// The heading over the list, what the list goes by, and the words for a list that is empty.
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ModelState } from "../engine/engine_client.ts";
import type { Ranking, SearchWay } from "../engine/protocol.ts";
import type { Listing } from "../lister.ts";
import { find, h } from "./dom.ts";

const ORIGINS = { debian: "from Debian's catalogue", written: "from this page's own small catalogue" };

const SEARCH_TITLES: Record<SearchWay, string> = {
  both: "Nearest to",
  meaning: "Nearest to",
  words: "With the words of",
};
const SEARCH_NOTES: Record<SearchWay, string> = {
  both: "nearest in meaning and words first",
  meaning: "nearest in meaning first",
  words: "found by words",
};
const FEED_NOTES: Record<Ranking, string> = {
  meaning: "by your taste",
  words: "by words they share with what you like",
  popularity: "the same for everybody",
};

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

  /** @param isPersonal whether the page knows anything about the person */
  update(listing: Listing, isPersonal: boolean, model: ModelState): void {
    const { query, section, way, ranking, total, milliseconds } = listing;
    const amount = `${total.toLocaleString("en")} ${total === 1 ? "program" : "programs"}${section ? ` in ${section}` : ""}`;
    if (query) {
      this.#title.textContent = `${SEARCH_TITLES[way]} \u201c${query}\u201d`;
      this.#note.textContent = `${amount}, ${SEARCH_NOTES[way]}`;
    } else if (isPersonal || ranking === "popularity") {
      const { asByMeaning } = listing;
      const isOther = ranking !== "meaning" && isPersonal && asByMeaning !== undefined;
      const remark = isOther
        ? `; ${asByMeaning} of the first 24 are there by meaning too`
        : ranking === "meaning"
          ? `, found in ${milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`
          : "";
      this.#title.textContent = ranking === "popularity" ? "Well known" : "For you";
      this.#note.textContent = `${amount}, ${FEED_NOTES[ranking]}${remark}`;
    } else {
      this.#title.textContent = "To begin with";
      this.#note.textContent = `${amount}, ${ORIGINS[this.#catalogue.source]}`;
    }
    const isEmpty = listing.entries.length === 0;
    this.#empty.hidden = !isEmpty;
    if (isEmpty) this.#empty.replaceChildren(...this.#explain(listing, isPersonal, model));
  }

  #explain({ query, ranking }: Listing, isPersonal: boolean, model: ModelState): Node[] {
    if (!query && ranking === "words") {
      const hint = isPersonal ? "What you like shares no words with any of them." : "Like something first.";
      return [h("h3", {}, "Nothing to go by yet"), h("p", {}, hint)];
    }
    if (!query)
      return [
        h("h3", {}, "You have seen all of this section"),
        h("p", {}, "Every program here has been liked or dismissed. Choose another section."),
      ];
    const hope =
      model.stage === "loading"
        ? "As soon as the language model is here, the nearest in meaning will appear by themselves."
        : "Try other words, or another section.";
    return [h("h3", {}, "No program has these words"), h("p", {}, hope)];
  }
}
