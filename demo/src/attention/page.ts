// The page: brings what is typed to the worker, what it answers to the views, and what is on view to the address.
import { TextField } from "../tokenizers/view/text_field.ts";
import { Announcer } from "../view/announcer.ts";
import { find, h } from "../view/dom.ts";
import { readView, type View, writeView } from "./address.ts";
import { patternOf, type Reading, weightsFrom } from "./numbers/reading.ts";
import { SAMPLES, type Sample } from "./samples.ts";
import { ArcsView } from "./view/arcs_view.ts";
import { type OnView, saveNumbers, savePicture } from "./view/export.ts";
import { Frames } from "./view/frames.ts";
import { HeadGrid } from "./view/head_grid.ts";
import { NearestView } from "./view/nearest_view.ts";
import { RolloutView } from "./view/rollout_view.ts";
import { WeightsTable } from "./view/weights_table.ts";
import { habitName, headName, percent } from "./view/words.ts";
import { AttentionClient } from "./worker/attention_client.ts";

const SETTLE_MS = 400; // typing changes the address once it rests

export class AttentionPage {
  readonly #status = find("status");
  readonly #announcer = new Announcer(find("announcer"));
  readonly #area = find<HTMLTextAreaElement>("text");
  readonly #field = new TextField(find("field"), this.#area, () => this.#onInput());
  readonly #special = find<HTMLInputElement>("special");
  readonly #panel = find("arcs-panel");
  readonly #arcs = new ArcsView(find("arcs"), find("arcs-note"), {
    choose: (token) => this.#choose(token),
    step: (by) => this.#stepHead(by),
  });
  readonly #grid = new HeadGrid(find("heads"), (layer, head) => this.#chooseHead(layer, head));
  readonly #table = new WeightsTable(find<HTMLDetailsElement>("weights"));
  readonly #rollout = new RolloutView(find("roll-lines"), find("roll-subject"));
  readonly #nearest = new NearestView();
  readonly #client = new AttentionClient({
    progress: (fraction) => this.#onProgress(fraction),
    loaded: () => {},
    read: (reading, milliseconds) => this.#onRead(reading, milliseconds),
    failed: (message) => this.#onFailure(message),
  });
  readonly #frames = new Frames();
  readonly #samples = new Map<HTMLElement, Sample>();
  #view: View = { text: "", layer: 0, head: 0, token: undefined };
  /** The token to choose in the text that is being read. */
  #wanted: string | undefined;
  #reading: Reading | undefined;
  #drawn: { reading: Reading; token: number | undefined } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#fillSamples();
    this.#listen();
    const shared = readView(location.hash);
    const first = SAMPLES[0]?.samples[0];
    if (shared.text !== undefined) this.#open(shared);
    else if (first) this.#take(first);
  }

  #listen(): void {
    this.#special.addEventListener("change", () => this.#draw());
    find("previous-head").addEventListener("click", () => this.#stepHead(-1));
    find("next-head").addEventListener("click", () => this.#stepHead(1));
    find("all").addEventListener("click", () => this.#choose(undefined));
    find("save-svg").addEventListener("click", () => this.#save("svg"));
    find("save-png").addEventListener("click", () => this.#save("png"));
    find("save-numbers").addEventListener("click", () => {
      const onView = this.#onView();
      if (onView) saveNumbers(onView);
    });
    addEventListener("resize", () => this.#nearest.redraw());
    addEventListener("hashchange", () => this.#open(readView(location.hash)));
  }

  #fillSamples(): void {
    const groups = SAMPLES.map(({ title, hint, samples }, group) => {
      const buttons = samples.map((sample) => {
        const button = h("button", { type: "button", class: "chip", "data-testid": "sample" }, sample.name);
        button.addEventListener("click", () => this.#take(sample));
        this.#samples.set(button, sample);
        return button;
      });
      const id = `samples-${group}`;
      return h(
        "div",
        { class: "sample-group", role: "group", "aria-labelledby": id, "aria-describedby": `${id}-hint` },
        h("h3", { id }, title),
        h("div", { class: "sample-chips" }, ...buttons),
        h("p", { id: `${id}-hint`, class: "sample-hint" }, hint),
      );
    });
    find("samples").replaceChildren(...groups);
  }

  #take({ name, ...view }: Sample): void {
    this.#open(view, "en");
  }

  /** Shows what an address says. */
  #open(view: Partial<View>, language = ""): void {
    const text = view.text ?? this.#view.text;
    const shown = !this.#client.isReading && this.#reading?.text === text ? this.#reading : undefined;
    this.#view = { text, layer: view.layer ?? this.#view.layer, head: view.head ?? this.#view.head, token: view.token };
    this.#wanted = undefined;
    if (this.#field.value !== text) this.#field.set(text, language);
    if (shown) this.#settle(shown);
    else this.#read();
  }

  /** The chosen word stays chosen while the text around it changes. */
  #onInput(): void {
    const { token } = this.#view;
    if (token !== undefined) this.#wanted = this.#reading?.tokens[token];
    this.#view = { ...this.#view, text: this.#field.value, token: undefined };
    this.#read();
  }

  #read(): void {
    this.#client.read(this.#view.text);
  }

  #onProgress(fraction: number): void {
    this.#status.textContent = `Fetching the language model: ${Math.round(100 * fraction)}\u00a0%`;
  }

  #onRead(reading: Reading, milliseconds: number): void {
    if (reading.text !== this.#view.text) return; // the next one is under way
    const time = milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
    const amount = `${reading.total} ${reading.total === 1 ? "token" : "tokens"}`;
    this.#status.dataset.stage = "ready";
    this.#status.replaceChildren(h("span", { class: "dot" }), `${amount}, read in ${time} ms on this device`);
    this.#reading = reading;
    this.#settle(reading);
  }

  /** Makes the view fit the text that was read, and draws it. */
  #settle(reading: Reading): void {
    const { layer, head, token } = this.#view;
    const wanted = this.#wanted === undefined ? -1 : reading.tokens.indexOf(this.#wanted);
    const chosen = wanted >= 0 ? wanted : token;
    this.#wanted = undefined;
    this.#view = {
      text: this.#view.text,
      layer: Math.min(layer, reading.layers - 1),
      head: Math.min(head, reading.heads - 1),
      token: chosen !== undefined && chosen < reading.tokens.length ? chosen : undefined,
    };
    this.#draw();
  }

  #onFailure(message: string): void {
    const retry = h("button", { type: "button", class: "link-button" }, "Try again");
    retry.addEventListener("click", () => location.reload());
    this.#status.dataset.stage = "failed";
    this.#status.replaceChildren(`Something went wrong: ${message}.`, retry);
  }

  #choose(token: number | undefined): void {
    if (this.#reading?.text !== this.#view.text || token === this.#view.token) return;
    this.#wanted = undefined;
    this.#view = { ...this.#view, token };
    this.#draw();
  }

  #chooseHead(layer: number, head: number): void {
    if (!this.#reading) return;
    this.#view = { ...this.#view, layer, head };
    this.#draw();
  }

  /** Goes through all heads of all layers, and from the last to the first. */
  #stepHead(by: 1 | -1): void {
    if (!this.#reading) return;
    const { layers, heads } = this.#reading;
    const next = (this.#view.layer * heads + this.#view.head + by + layers * heads) % (layers * heads);
    this.#chooseHead(Math.floor(next / heads), next % heads);
  }

  #onView(): OnView | undefined {
    const { layer, head, token } = this.#view;
    return this.#reading && { reading: this.#reading, layer, head, token };
  }

  #save(kind: "svg" | "png"): void {
    const onView = this.#onView();
    if (onView) void savePicture(kind, onView, this.#arcs, this.#panel);
  }

  #draw(): void {
    const reading = this.#reading;
    if (!reading) return;
    const { layer, head, token } = this.#view;
    find("head-title").textContent = headName(layer, head);
    find("head-habit").textContent = habitName(patternOf(reading, layer, head));
    find("all").hidden = token === undefined;
    for (const [button, sample] of this.#samples)
      button.setAttribute("aria-pressed", String(sample.text === this.#view.text && sample.token === token));
    this.#arcs.show(reading, { layer, head, token, special: this.#special.checked });
    this.#grid.select(layer, head);
    this.#table.show(reading, layer, head, token);
    this.#markText(reading, token);
    void this.#frames.draw(
      () => this.#drawToken(reading, token),
      () => {
        this.#grid.show(reading);
        this.#grid.select(layer, head);
      },
    );
    this.#announcer.say(this.#summary(reading));
    this.#keepAddress();
  }

  /** What is the same in all heads. */
  #drawToken(reading: Reading, token: number | undefined): void {
    if (reading === this.#drawn?.reading && token === this.#drawn.token) return;
    this.#drawn = { reading, token };
    this.#rollout.show(reading, token);
    void this.#drawNearest(reading, token);
  }

  #markText({ offsets }: Reading, token: number | undefined): void {
    const [start = 0, end = 0] = token === undefined ? [] : offsets.subarray(2 * token, 2 * token + 2);
    this.#field.mark(start < end && this.#field.value === this.#reading?.text ? { start, end } : undefined);
  }

  async #drawNearest(reading: Reading, token: number | undefined): Promise<void> {
    const neighbours = token === undefined ? [] : await this.#client.neighbours(token);
    if (!neighbours || this.#reading !== reading || this.#view.token !== token) return;
    if (token === undefined) this.#nearest.clear();
    else this.#nearest.show(reading.tokens[token] as string, neighbours);
  }

  #summary(reading: Reading): string {
    const { layer, head, token } = this.#view;
    const name = headName(layer, head);
    if (token === undefined) return `${name}, ${habitName(patternOf(reading, layer, head))}.`;
    const weights = weightsFrom(reading, layer, head, token);
    const most = Array.from(weights.keys())
      .sort((a, b) => (weights[b] as number) - (weights[a] as number))
      .slice(0, 3)
      .map((to) => `${reading.tokens[to]} ${percent(weights[to] as number)}`);
    return `${name}: ${reading.tokens[token]} looks at ${most.join(", ")}.`;
  }

  /** The view as it stands replaces the entry in the history: going back leaves the page. */
  #keepAddress(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => history.replaceState(null, "", writeView(this.#view)), SETTLE_MS);
  }
}
