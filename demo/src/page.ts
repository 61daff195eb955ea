// The page: brings events to the profile and the lister, and what they answer to the views.
import { readAddress, writeAddress } from "./address.ts";
import type { Catalogue } from "./catalogue/catalogue.ts";
import { EngineClient, type ModelState } from "./engine/engine_client.ts";
import { Lister, type Listing } from "./lister.ts";
import { placesFrom } from "./map/places.ts";
import type { Traffic } from "./privacy/traffic.ts";
import type { ProfileEvent, ProfileStore, Verdict } from "./profile/profile_store.ts";
import { FILE_NAME, profileFile, readProfileFile } from "./profile/transfer.ts";
import { ProgramWindow } from "./program_window.ts";
import { Announcer } from "./view/announcer.ts";
import { Beginning } from "./view/beginning.ts";
import { find } from "./view/dom.ts";
import { download } from "./view/download.ts";
import { EventWords } from "./view/event_words.ts";
import { ListChoices } from "./view/list_choices.ts";
import { ListView, PAGE_SIZE } from "./view/list_view.ts";
import { fillMosaic } from "./view/mosaic.ts";
import { ProfilePanel } from "./view/profile_panel.ts";
import { SearchField } from "./view/search_field.ts";
import { SectionBar } from "./view/section_bar.ts";
import { SentBytes } from "./view/sent_bytes.ts";
import { StatusLine } from "./view/status_line.ts";
import { TastePanel } from "./view/taste_panel.ts";
import { Toast } from "./view/toast.ts";

const PASSAGES_AT_ONCE = 4; // the worker answers other questions in between
const PASSAGES = 12;

export class Page {
  readonly #catalogue: Catalogue;
  readonly #store: ProfileStore;
  readonly #words: EventWords;
  readonly #engine: EngineClient;
  readonly #lister: Lister;
  readonly #sent = new SentBytes(find("sent-badge"));
  readonly #announcer = new Announcer(find("announcer"));
  readonly #toast = new Toast(find("toast"));
  readonly #status: StatusLine;
  readonly #search = new SearchField((query) => this.#choose({ query }));
  readonly #view: ListView;
  readonly #sections: SectionBar;
  readonly #choices: ListChoices;
  readonly #beginning: Beginning;
  readonly #taste: TastePanel;
  readonly #window: ProgramWindow;
  readonly #panel: ProfilePanel;
  #isReady = false;

  constructor(catalogue: Catalogue, map: Uint16Array, store: ProfileStore) {
    this.#catalogue = catalogue;
    this.#store = store;
    this.#words = new EventWords(catalogue);
    this.#engine = new EngineClient({
      onReady: (starters) => this.#onReady(starters),
      onFailed: (message) => this.#onFailed(message),
      onModel: (state) => this.#onModel(state),
      onTraffic: (traffic) => this.#sent.setWorker(traffic),
    });
    this.#lister = new Lister(this.#engine, store);
    this.#status = new StatusLine(find("status"), find<HTMLProgressElement>("progress"), () => this.#restart());
    const open = (index: number) => this.#openProgram(index);
    const actions = { open, judge: (index: number, verdict: Verdict) => this.#judge(index, verdict) };
    this.#view = new ListView(catalogue, store, this.#words, {
      ...actions,
      lengthen: () => {
        this.#lister.lengthen();
        this.#list();
      },
    });
    this.#sections = new SectionBar(find("sections"), catalogue.sections, (section) => this.#choose({ section }));
    this.#choices = new ListChoices(find("choices"), {
      rank: (ranking) => this.#change({ ranking }),
      search: (way) => this.#change({ way }),
    });
    this.#beginning = new Beginning(find("begin"), catalogue, this.#words, {
      open,
      pick: (index) => this.#judge(index, "like"),
      forget: (event) => this.#forget(event),
      say: (text) => this.#say(text),
    });
    this.#taste = new TastePanel(find("taste-panel"), catalogue, placesFrom(map), this.#words, {
      open,
      tell: (text) => this.#announcer.say(text),
      explore: (exploration) => this.#change({ exploration }),
    });
    this.#window = new ProgramWindow(catalogue, this.#engine, store, this.#words, {
      ...actions,
      closed: () => this.#writeAddress("replace"),
    });
    this.#panel = new ProfilePanel(
      find<HTMLDialogElement>("profile"),
      catalogue,
      store,
      this.#words,
      this.#sent.panel,
      {
        edit: (event, kind) => {
          store.edit(event, kind);
          this.#onProfile(`${this.#words.speak(event).what} is changed.`);
        },
        forget: (event) => this.#forget(event),
        forgetAll: () => this.#forgetAll(),
        exportProfile: () => download(FILE_NAME, profileFile(store.stored())),
        importProfile: (file) => this.#import(file),
      },
    );
    fillMosaic(find("mosaic"), catalogue);
    for (const id of ["profile-button", "sent-badge"]) find(id).addEventListener("click", () => this.#panel.open());
    addEventListener("popstate", () => this.#followAddress());
    addEventListener("hashchange", () => this.#followAddress());
    addEventListener("storage", ({ key }) => {
      if (store.follow(key)) this.#onProfile("");
    });
    this.#engine.start(catalogue);
    this.#showProfile();
    this.#followAddress();
    this.#writeAddress("replace"); // an old link's "?" becomes "#"
  }

  setTraffic(traffic: Traffic): void {
    this.#sent.setPage(traffic);
  }

  setOffline(): void {
    document.documentElement.dataset.offline = "ready";
    this.#panel.setOffline();
  }

  // What the worker tells

  #onReady(starters: readonly number[]): void {
    this.#isReady = true;
    this.#beginning.setStarters(starters);
    this.#list();
    if (this.#lister.query) void this.#showInterests();
  }

  /** Without a worker the catalogue can still be looked through. */
  #onFailed(message: string): void {
    this.#isReady = false;
    const entries = this.#catalogue.programs.map((_, item) => ({ item }));
    const listing = { query: "", section: undefined, way: "words", ranking: "popularity" } as const;
    this.#show({ ...listing, entries, total: entries.length, milliseconds: 0 });
    this.#toast.show(`Recommendations could not start: ${message}`);
  }

  #onModel(state: ModelState): void {
    this.#status.update(state);
    this.#panel.setModel(state);
    if (state.stage === "ready" && this.#lister.query) this.#list();
  }

  #restart(): void {
    if (this.#isReady) this.#engine.restartModel();
    else location.reload();
  }

  // What the person asks for

  #followAddress(): void {
    const { query, section, app } = readAddress();
    this.#search.set(query);
    this.#lister.query = query;
    this.#lister.section = section && this.#catalogue.sections.includes(section) ? section : undefined;
    this.#list();
    const index = app === undefined ? undefined : this.#words.indexOf(app);
    if (index === undefined) this.#window.close();
    else this.#window.open(index, this.#view.passageOf(index), this.#lister.exploration);
  }

  #choose(change: { query?: string; section?: string | undefined }): void {
    if ("section" in change) this.#lister.section = change.section;
    if (change.query !== undefined) this.#lister.query = change.query;
    this.#list({ isOther: true });
    this.#writeAddress("replace");
  }

  #change(change: Partial<Pick<Lister, "ranking" | "way" | "exploration">>): void {
    Object.assign(this.#lister, change);
    this.#list({ isOther: true, animate: true });
  }

  /** Asks for the list, and shows it when it comes. */
  #list({ isOther = false, animate = false, message = "" } = {}): void {
    document.documentElement.dataset.mode = this.#lister.query ? "search" : "feed";
    this.#search.showMode(this.#lister.query !== "");
    this.#sections.update(this.#lister.section);
    this.#choices.update(this.#lister);
    if (!this.#isReady) return;
    this.#view.setBusy(isOther);
    void (this.#lister.query ? this.#showSearch() : this.#showFeed(animate, message)).catch((error: unknown) => {
      this.#toast.show(`That did not work: ${error instanceof Error ? error.message : error}`);
    });
  }

  async #showFeed(animate: boolean, message: string): Promise<void> {
    const { events } = this.#store;
    const listing = await this.#lister.feed();
    if (!listing || this.#lister.query) return;
    this.#taste.showInterests(listing.interests, events);
    this.#show(listing, events, animate, message);
  }

  /** Shows the interests beside a search, whose list does not depend on them. */
  async #showInterests(message = ""): Promise<void> {
    const { events } = this.#store;
    const feed = await this.#lister.feed();
    if (!feed || !this.#lister.query) return;
    this.#taste.showInterests(feed.interests, events);
    this.#showLiked();
    this.#announcer.say(message);
  }

  async #showSearch(): Promise<void> {
    const listing = await this.#lister.search();
    if (!listing || listing.query !== this.#lister.query) return;
    this.#show(listing);
    if (listing.way !== "words") this.#status.update(this.#engine.model, listing.milliseconds);
    const items = listing.entries.slice(0, PASSAGES).map(({ item }) => item);
    for (let first = 0; first < items.length; first += PASSAGES_AT_ONCE) {
      const passages = await this.#lister.passages(items.slice(first, first + PASSAGES_AT_ONCE));
      if (listing.query !== this.#lister.query) return;
      this.#view.showPassages(passages);
    }
  }

  async #say(text: string): Promise<void> {
    const read = await this.#engine.ask("embed", { text });
    if (!read) return;
    this.#store.describe(text, read.vector);
    this.#onProfile("The list follows what you said.");
  }

  #judge(index: number, verdict: Verdict): void {
    const program = this.#catalogue.programs[index];
    if (!program) return;
    if (this.#store.verdictOf(program.id) === verdict) {
      this.#takeBack(program.id);
      return;
    }
    this.#store.judge(program.id, verdict);
    const leaves = verdict === "dislike" && !this.#lister.query;
    if (leaves) this.#toast.show(`${program.name} will not be shown to you again.`, () => this.#takeBack(program.id));
    const said = { like: "You like", save: "You saved", dislike: "Not for you:", hide: "Hidden:" }[verdict];
    this.#onProfile(`${said} ${program.name}.`);
  }

  #takeBack(id: string): void {
    this.#store.takeBack(id);
    const index = this.#words.indexOf(id);
    this.#onProfile(`${(index !== undefined && this.#catalogue.programs[index]?.name) || id} is forgotten.`);
  }

  #forget(event: ProfileEvent): void {
    this.#store.forget(event);
    this.#onProfile(`${this.#words.speak(event).what} is forgotten.`);
  }

  #forgetAll(): void {
    this.#store.forgetAll();
    this.#toast.hide();
    this.#onProfile("Everything is forgotten.");
  }

  async #import(file: File): Promise<void> {
    this.#store.replace(await readProfileFile(file));
    this.#onProfile("The profile is here.");
  }

  /** The profile changed: everything that depends on it follows at once. */
  #onProfile(message: string): void {
    this.#showProfile();
    if (!this.#lister.query) this.#list({ animate: true, message });
    else void this.#showInterests(message); // what was found stays as it is
  }

  // What is shown

  /** Shows the profile where it does not need the worker's word. */
  #showProfile(): void {
    const verdictOf = (index: number) => this.#view.verdictOf(index);
    this.#beginning.update(this.#store.events, verdictOf);
    this.#window.update(verdictOf);
    this.#panel.update();
    this.#view.update();
    find("profile-count").textContent = String(this.#store.events.length || "");
  }

  #show(listing: Listing, events: readonly ProfileEvent[] = [], animate = false, message = ""): void {
    this.#view.show(listing, events, this.#engine.model, animate);
    this.#taste.showHits(listing.entries.slice(0, PAGE_SIZE).map(({ item }) => item));
    this.#showLiked();
    this.#announcer.say(`${message} ${this.#view.text}`.trim());
  }

  #showLiked(): void {
    this.#taste.showLiked(this.#store.withVerdict("like", "save").flatMap((id) => this.#words.indexOf(id) ?? []));
  }

  #openProgram(index: number): void {
    const id = this.#catalogue.programs[index]?.id;
    if (id === undefined) return;
    const wasOpen = this.#window.app !== undefined;
    this.#window.open(index, this.#view.passageOf(index), this.#lister.exploration);
    this.#writeAddress(wasOpen ? "replace" : "push");
    if (this.#store.noteOpening(id)) this.#onProfile("");
  }

  #writeAddress(way: "push" | "replace"): void {
    writeAddress({ query: this.#lister.query, section: this.#lister.section, app: this.#window.app }, way);
  }
}
