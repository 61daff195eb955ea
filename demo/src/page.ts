// The page: brings events to the finder and what it answers to the views.
import { readAddress, writeAddress } from "./address.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import type { ItemVectors } from "./catalogue/item_vectors.ts";
import { Finder } from "./finder.ts";
import type { Profile, Verdict } from "./profile/profile.ts";
import { SearchClient, type SearchState } from "./search/search_client.ts";
import { Announcer } from "./view/announcer.ts";
import { CardList } from "./view/card_list.ts";
import { Detail } from "./view/detail.ts";
import { find } from "./view/dom.ts";
import { fillMosaic } from "./view/mosaic.ts";
import { ProfilePanel } from "./view/profile_panel.ts";
import { ResultsHead } from "./view/results_head.ts";
import { raiseSearchBar, watchSearchBar } from "./view/search_bar.ts";
import { SectionBar } from "./view/section_bar.ts";
import { setUpShortcuts } from "./view/shortcuts.ts";
import { StatusLine } from "./view/status_line.ts";
import { showTaste } from "./view/taste_strip.ts";
import { Toast } from "./view/toast.ts";

const PAGE_SIZE = 24;
const SIMILAR = 6;
const TYPING_PAUSE_MS = 120;

export class Page {
  readonly #catalogue: Catalogue;
  readonly #profile: Profile;
  readonly #finder: Finder;
  readonly #search = new SearchClient((state) => this.#onSearchState(state));
  readonly #input = find<HTMLInputElement>("query");
  readonly #announcer = new Announcer(find("announcer"));
  readonly #toast = new Toast(find("toast"));
  readonly #status = new StatusLine(find("status"), find<HTMLProgressElement>("progress"), () => this.#startSearch());
  readonly #cards: CardList;
  readonly #sections: SectionBar;
  readonly #head: ResultsHead;
  readonly #detail: Detail;
  readonly #panel: ProfilePanel;
  #shown = PAGE_SIZE;
  #app: string | undefined;
  #offline = false;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(catalogue: Catalogue, profile: Profile) {
    this.#catalogue = catalogue;
    this.#profile = profile;
    this.#finder = new Finder(catalogue, profile);
    const actions = {
      open: (index: number) => this.#openProgram(index),
      judge: (index: number, verdict: Verdict) => this.#judge(index, verdict),
    };
    this.#cards = new CardList(find("cards"), catalogue, actions);
    this.#sections = new SectionBar(find("sections"), catalogue.sections, (section) => this.#choose({ section }));
    this.#head = new ResultsHead(catalogue);
    this.#detail = new Detail(find<HTMLDialogElement>("detail"), catalogue, actions, () => this.#closeProgram());
    this.#panel = new ProfilePanel(find<HTMLDialogElement>("profile"), catalogue, profile, {
      forget: (id) => this.#forget(id),
      forgetAll: () => this.#forgetAll(),
    });
    fillMosaic(find("mosaic"), catalogue);
    this.#listen();
    this.#followAddress();
  }

  /** Vectors came: recommendations and search can start. */
  setVectors(vectors: ItemVectors): void {
    this.#finder.vectors = vectors;
    this.#draw();
    this.#startSearch();
  }

  setOffline(): void {
    this.#offline = true;
    document.documentElement.dataset.offline = "ready";
    this.#panel.setEngine(this.#search.state, true);
  }

  #listen(): void {
    setUpShortcuts(this.#input);
    watchSearchBar();
    find("search-form").addEventListener("submit", (event) => event.preventDefault());
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#choose({ query: this.#input.value.trim() }), TYPING_PAUSE_MS);
    });
    this.#input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#setQuery("");
    });
    find("clear").addEventListener("click", () => {
      this.#setQuery("");
      this.#input.focus();
    });
    find("examples").addEventListener("click", (event) => {
      const example = event.target instanceof Element && event.target.closest("button");
      if (example) this.#setQuery(example.textContent ?? "");
    });
    find("more").addEventListener("click", () => this.#showMore());
    find("profile-button").addEventListener("click", () => this.#panel.open());
    addEventListener("popstate", () => this.#followAddress());
  }

  #followAddress(): void {
    const { query, section, app } = readAddress();
    this.#input.value = query;
    this.#finder.section = section && this.#catalogue.sections.includes(section) ? section : undefined;
    this.#runQuery(query);
    const index = app === undefined ? undefined : this.#finder.indexOf(app);
    this.#app = index === undefined ? undefined : app;
    if (index === undefined) this.#detail.close();
    else this.#showProgram(index);
  }

  #setQuery(query: string): void {
    this.#input.value = query;
    this.#choose({ query });
  }

  #choose(change: { query?: string; section?: string | undefined }): void {
    clearTimeout(this.#typing);
    if ("section" in change) this.#finder.section = change.section;
    this.#runQuery(change.query ?? this.#finder.query);
    this.#writeAddress("replace");
  }

  /** Shows what can be shown at once, and asks for what the model has to say. */
  #runQuery(query: string): void {
    if (query && !this.#finder.query) raiseSearchBar();
    this.#finder.query = query;
    this.#shown = PAGE_SIZE;
    find("clear").hidden = query === "";
    find("examples").hidden = query !== "";
    if (!query || this.#search.state.stage !== "ready") this.#draw();
    if (query) void this.#askModel(query);
  }

  async #askModel(query: string): Promise<void> {
    const hits = await this.#search.search(query);
    if (!hits || query !== this.#finder.query) return;
    this.#finder.setHits(query, hits);
    this.#status.update(this.#search.state, hits.milliseconds);
    this.#draw();
  }

  #startSearch(): void {
    if (this.#finder.vectors) this.#search.start(this.#finder.vectors);
  }

  #onSearchState(state: SearchState): void {
    this.#status.update(state);
    this.#panel.setEngine(state, this.#offline);
    if (state.stage === "ready" && this.#finder.query) void this.#askModel(this.#finder.query);
  }

  #judge(index: number, verdict: Verdict): void {
    const program = this.#catalogue.programs[index];
    if (!program) return;
    if (this.#profile.verdictOf(program.id) === verdict) {
      this.#forget(program.id);
      return;
    }
    this.#profile.judge(program.id, verdict);
    const leaves = verdict === "dislike" && !this.#finder.query;
    if (leaves) this.#toast.show(`${program.name} will not be shown to you again.`, () => this.#forget(program.id));
    this.#onProfile(verdict === "like" ? `You like ${program.name}.` : `${program.name} is not for you.`);
  }

  #forget(id: string): void {
    this.#profile.forget(id);
    const index = this.#finder.indexOf(id);
    this.#onProfile(`${(index !== undefined && this.#catalogue.programs[index]?.name) || id} is forgotten.`);
  }

  #forgetAll(): void {
    this.#profile.forgetAll();
    this.#toast.hide();
    this.#onProfile("Everything is forgotten.");
  }

  /** The profile changed: everything that depends on it follows at once. */
  #onProfile(message: string): void {
    this.#draw(true, message);
    this.#detail.update((index) => this.#finder.verdictOf(index));
    this.#panel.update();
  }

  #draw(animate = false, message = ""): void {
    const list = this.#finder.list();
    const { programs } = this.#catalogue;
    const cards = list.slice(0, this.#shown).map(({ index, because }) => ({
      index,
      verdict: this.#finder.verdictOf(index),
      because: because === undefined || !programs[because] ? undefined : { program: programs[because], index: because },
    }));
    this.#cards.show(cards, animate);
    this.#sections.update(this.#finder.section);
    this.#head.update(this.#finder, list.length, this.#search.state);
    showTaste(find("taste"), this.#catalogue, this.#finder.judged("like"), {
      open: (index) => this.#openProgram(index),
      forget: (index) => this.#forget(programs[index]?.id ?? ""),
    });
    find("taste").hidden = this.#finder.query !== "";
    find("more").hidden = list.length <= this.#shown;
    find("profile-count").textContent = String(this.#profile.events.length || "");
    const first = programs[list[0]?.index ?? -1]?.name;
    this.#announcer.say(`${message} ${this.#head.text}${first ? `. First: ${first}.` : "."}`.trim());
  }

  #showMore(): void {
    const firstNew = this.#shown;
    this.#shown += PAGE_SIZE;
    this.#draw();
    find("cards").children[firstNew]?.querySelector<HTMLElement>(".card-link")?.focus();
  }

  #openProgram(index: number): void {
    const wasOpen = this.#app !== undefined;
    this.#app = this.#catalogue.programs[index]?.id;
    this.#writeAddress(wasOpen ? "replace" : "push");
    this.#showProgram(index);
  }

  #showProgram(index: number): void {
    this.#detail.show(index, this.#finder.verdictOf(index), this.#finder.similarTo(index, SIMILAR));
  }

  #closeProgram(): void {
    this.#app = undefined;
    this.#writeAddress("replace");
  }

  #writeAddress(way: "push" | "replace"): void {
    writeAddress({ query: this.#finder.query, section: this.#finder.section, app: this.#app }, way);
  }
}
