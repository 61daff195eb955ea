// The page: brings what is typed to the worker, what it answers to the views, and what is on view to the address.
import { TrainClient } from "../training/train_client.ts";
import { Announcer } from "../view/announcer.ts";
import { find, h } from "../view/dom.ts";
import { readView, type View, writeView } from "./address.ts";
import { isModelRung, type ModelRung, RUNG_KEYS, RUNGS } from "./rungs/rungs.ts";
import type { ShelfUrls } from "./rungs/shelf.ts";
import { ANALOGIES, FIRST_RUNGS, QUERIES, SENSES } from "./samples.ts";
import type { Trained, TrainingLook, TrainTask, WordTrainState } from "./training/task.ts";
import { HitColumns } from "./view/hit_columns.ts";
import { type Group, MapView } from "./view/map_view.ts";
import { RungChoice } from "./view/rung_choice.ts";
import { SensesForm } from "./view/senses_form.ts";
import { SensesView } from "./view/senses_view.ts";
import { TrainForm } from "./view/train_form.ts";
import { TrainedView } from "./view/trained_view.ts";
import { type Drop, WordsClient } from "./worker/words_client.ts";

const NEIGHBOURS = 10;
const ANSWERS = 5; // to an analogy
const SETTLE_MS = 250; // typing is looked up, and changes the address, once it rests

const firstSenses = SENSES[0] as (typeof SENSES)[number];
const firstAnalogy = ANALOGIES[0] as (typeof ANALOGIES)[number];

const FIRST: View = {
  text: QUERIES[0]?.text ?? "",
  rungs: [...FIRST_RUNGS],
  analogy: firstAnalogy.words,
  map: "word2vec",
  layout: "pca",
  word: firstSenses.word,
  sentences: firstSenses.sentences,
};

export class WordsPage {
  readonly #status = find("status");
  readonly #announcer = new Announcer(find("announcer"));
  readonly #text = find<HTMLInputElement>("text");
  readonly #given = ["a", "b", "c"].map((name) => find<HTMLInputElement>(`analogy-${name}`));
  readonly #rungs = new RungChoice(find("rungs"), (rungs) => this.#open({ rungs }));
  readonly #neighbours = new HitColumns(find("neighbours"), (word) => this.#open({ text: word }));
  readonly #answers = new HitColumns(find("answers"));
  readonly #map: MapView;
  readonly #sensesForm = new SensesForm((word, sentences) => this.#settle({ word, sentences }));
  readonly #senses = new SensesView();
  readonly #client: WordsClient;
  readonly #trainer = new TrainClient<TrainTask, TrainingLook, Trained>(
    () => new Worker(new URL("./training/train_worker.ts", import.meta.url), { type: "module" }),
    (state) => this.#onTraining(state),
  );
  readonly #trainForm: TrainForm;
  readonly #trained: TrainedView;
  readonly #mapWords: string[];
  readonly #drops = new Map<string, Drop>();
  #view: View = FIRST;
  #hasOwn = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending: Partial<View> = {};
  #addressTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(urls: ShelfUrls, groups: readonly Group[]) {
    this.#mapWords = groups.flatMap(({ words }) => words);
    this.#client = new WordsClient(urls, {
      progress: (rung, fraction) => this.#onProgress(rung, fraction),
      failed: (message) => this.#onFailure(message),
    });
    const mapActions = {
      open: (word: string) => this.#open({ text: word }),
      tell: (text: string) => this.#announcer.say(text),
    };
    this.#map = new MapView(groups, {
      ...mapActions,
      setRung: (map) => this.#open({ map }),
      setLayout: (layout) => this.#open({ layout }),
    });
    this.#trained = new TrainedView(groups, mapActions, () => this.#compareOwn());
    this.#trainForm = new TrainForm(urls.entries, {
      train: (source, settings) => this.#trainer.train({ source, settings, preferred: this.#mapWords }),
      setPaused: (isPaused) => this.#trainer.setPaused(isPaused),
      stop: () => this.#trainer.stop(),
    });
    this.#fillSamples();
    this.#listen();
    this.#open({ ...FIRST, ...readView(location.hash) }, true);
  }

  #listen(): void {
    this.#text.addEventListener("input", () => this.#settle({ text: this.#text.value }));
    for (const input of this.#given) {
      input.addEventListener("input", () =>
        this.#settle({ analogy: this.#given.map(({ value }) => value) as View["analogy"] }),
      );
    }
    for (const name of ["query-form", "analogy-form"]) {
      find<HTMLFormElement>(name).addEventListener("submit", (event) => event.preventDefault());
    }
    addEventListener("hashchange", () => this.#open(readView(location.hash)));
  }

  #fillSamples(): void {
    const chip = (name: string, testId: string, take: () => void) => {
      const button = h("button", { type: "button", class: "chip", "data-testid": testId }, name);
      button.addEventListener("click", take);
      return button;
    };
    find("samples").replaceChildren(
      ...QUERIES.map(({ name, text }) => chip(name, "sample", () => this.#open({ text }))),
    );
    find("analogy-samples").replaceChildren(
      ...ANALOGIES.map(({ words }) => {
        const [a, b, c] = words;
        return chip(`${a} : ${b} = ${c} : ?`, "analogy-sample", () => this.#open({ analogy: words }));
      }),
    );
  }

  /** Opens a changed view once typing rests. */
  #settle(change: Partial<View>): void {
    this.#pending = { ...this.#pending, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const pending = this.#pending;
      this.#pending = {};
      this.#open(pending);
    }, SETTLE_MS);
  }

  /** Shows a view, and asks anew for what has changed in it. */
  #open(change: Partial<View>, isAll = false): void {
    const before = this.#view;
    const view = { ...before, ...change };
    const hasChanged = (...names: (keyof View)[]) =>
      isAll || names.some((name) => JSON.stringify(view[name]) !== JSON.stringify(before[name]));
    this.#view = view;
    this.#rungs.set(view.rungs);
    this.#neighbours.setRungs(view.rungs);
    this.#answers.setRungs(view.rungs);
    if (this.#text.value !== view.text) this.#text.value = view.text;
    for (const [i, input] of this.#given.entries()) {
      if (input.value !== view.analogy[i]) input.value = view.analogy[i] as string;
    }
    this.#map.setChoices([...RUNG_KEYS, ...(this.#hasOwn ? (["own"] as const) : [])], view.map, view.layout);
    if (hasChanged("text", "rungs")) this.#askNeighbours();
    if (hasChanged("analogy", "rungs")) this.#askAnalogy();
    if (hasChanged("map", "layout", "text")) this.#askMap();
    if (hasChanged("word", "sentences")) {
      if (this.#sensesForm.word !== view.word || String(this.#sensesForm.sentences) !== String(view.sentences))
        this.#sensesForm.set(view.word, view.sentences);
      this.#askSenses();
    }
    this.#markSamples();
    this.#keepAddress();
  }

  /** A question by this name takes the place of an earlier one. */
  #ask(name: string, ask: () => Drop): void {
    this.#drops.get(name)?.();
    this.#drops.set(name, ask());
  }

  #askNeighbours(): void {
    const { text, rungs } = this.#view;
    for (const rung of rungs) {
      this.#ask(`nearest ${rung}`, () =>
        this.#client.ask(
          "nearest",
          { rung, text, count: NEIGHBOURS },
          (nearest) => {
            this.#neighbours.show(rung, nearest);
            this.#onAnswer();
            const best = nearest.hits.slice(0, 3).map(({ word }) => word);
            this.#announcer.say(`${RUNGS[rung].name}: ${best.join(", ") || "no vector"}.`);
          },
          (message) => this.#neighbours.fail(rung, message),
        ),
      );
    }
  }

  #askAnalogy(): void {
    const { analogy, rungs } = this.#view;
    const sample = ANALOGIES.find(({ words }) => String(words) === String(analogy));
    find("analogy-hint").textContent = sample?.hint ?? "";
    for (const rung of rungs) {
      this.#ask(`analogy ${rung}`, () =>
        this.#client.ask(
          "analogy",
          { rung, words: analogy, count: ANSWERS },
          (nearest) => this.#answers.show(rung, nearest, sample?.hoped),
          (message) => this.#answers.fail(rung, message),
        ),
      );
    }
  }

  #askMap(): void {
    const { map: rung, layout, text } = this.#view;
    const typed = text.toLowerCase().match(/\p{L}+/gu) ?? [];
    const words = [...new Set([...typed, ...this.#mapWords])];
    this.#map.setMarked(typed);
    this.#ask("map", () =>
      this.#client.ask(
        "layOut",
        { rung, words, layout },
        (layed, isLast) => this.#map.show(layed, rung, isLast),
        (message) => this.#map.fail(message),
      ),
    );
  }

  #askSenses(): void {
    const { word, sentences } = this.#view;
    this.#ask("senses", () =>
      this.#client.ask(
        "senses",
        { word, sentences },
        (senses) => this.#senses.show(senses, word),
        (message) => this.#senses.fail(message),
      ),
    );
  }

  #markSamples(): void {
    const mark = (id: string, isShown: (i: number) => boolean) => {
      for (const [i, button] of Array.from(find(id).children).entries())
        button.setAttribute("aria-pressed", String(isShown(i)));
    };
    mark("samples", (i) => QUERIES[i]?.text === this.#view.text);
    mark("analogy-samples", (i) => String(ANALOGIES[i]?.words) === String(this.#view.analogy));
  }

  #onProgress(rung: ModelRung, fraction: number): void {
    const text = `Fetching the ${RUNGS[rung].name.toLowerCase()}: ${Math.round(100 * fraction)}\u00a0%`;
    if (rung === "contextual" && fraction < 1) this.#senses.wait(text);
    for (const key of this.#view.rungs) {
      if (isModelRung(key) && key === rung && fraction < 1) this.#neighbours.wait(key, text);
    }
  }

  #onAnswer(): void {
    this.#status.dataset.stage = "ready";
    this.#status.replaceChildren(h("span", { class: "dot" }), "Looked up on this device");
  }

  #onFailure(message: string): void {
    const retry = h("button", { type: "button", class: "link-button" }, "Try again");
    retry.addEventListener("click", () => location.reload());
    this.#status.dataset.stage = "failed";
    this.#status.replaceChildren(`Something went wrong: ${message}.`, retry);
  }

  #onTraining(state: WordTrainState): void {
    this.#trainForm.update(state);
    this.#trained.update(state);
    if (state.stage !== "trained") return;
    this.#client.setOwn(state.trained.vectors);
    this.#hasOwn = true;
    this.#rungs.offer("own");
    this.#open({}); // the map may be had of it, and earlier ones of the same name are gone
    if (this.#view.rungs.includes("own")) {
      this.#askNeighbours();
      this.#askAnalogy();
    }
    if (this.#view.map === "own") this.#askMap();
  }

  #compareOwn(): void {
    const { rungs } = this.#view;
    this.#open({ rungs: rungs.includes("own") ? rungs : [...rungs, "own"], map: "own" });
    find("neighbours-title").scrollIntoView();
    this.#text.focus({ preventScroll: true });
  }

  /** The view as it stands replaces the entry in the history: going back leaves the page. */
  #keepAddress(): void {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => history.replaceState(null, "", writeView(this.#view)), SETTLE_MS);
  }
}
