// How the list comes about: the ways to rank a feed, or to search.
import type { Ranking, SearchWay } from "../engine/protocol.ts";
import { type Segment, Segments } from "./segments.ts";

const RANKINGS: Segment<Ranking>[] = [
  { value: "meaning", label: "Meaning", hint: "What a language model finds close to what you like" },
  { value: "words", label: "Shared words", hint: "What shares rare words with what you like (TF-IDF)" },
  { value: "popularity", label: "Popularity", hint: "The same list for everybody" },
];

const WAYS: Segment<SearchWay>[] = [
  { value: "both", label: "Both", hint: "By meaning and by words" },
  { value: "meaning", label: "Meaning", hint: "By what is meant" },
  { value: "words", label: "Words", hint: "By the words as they are written" },
];

export class ListChoices {
  readonly #rankings: Segments<Ranking>;
  readonly #ways: Segments<SearchWay>;

  constructor(container: HTMLElement, actions: { rank(ranking: Ranking): void; search(way: SearchWay): void }) {
    this.#rankings = new Segments("ranking", "Ranked by", RANKINGS, (ranking) => actions.rank(ranking));
    this.#ways = new Segments("by", "Found by", WAYS, (way) => actions.search(way));
    container.replaceChildren(this.#rankings.element, this.#ways.element);
  }

  update({ query, ranking, way }: { query: string; ranking: Ranking; way: SearchWay }): void {
    this.#rankings.element.hidden = query !== "";
    this.#ways.element.hidden = query === "";
    this.#rankings.set(ranking);
    this.#ways.set(way);
  }
}
