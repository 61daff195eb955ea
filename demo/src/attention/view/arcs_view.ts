// Who looks at whom in one head: the looking tokens on the left, those that are looked at on the right, arcs between them. The left
// column is a list box; what is chosen there, or pointed at on either side, shows its arcs alone.
import { h } from "../../view/dom.ts";
import { isSpecial, type Reading, weightsOf } from "../numbers/reading.ts";
import { arcOpacity, arcPath, arcWidth, type ChosenArcs, chooseArcs, type End } from "../picture/arcs.ts";
import { svg } from "./svg.ts";
import { percent } from "./words.ts";

const ROW = 30; // px, as in the style sheet
const WIDTH = 100; // of the drawing, which is stretched to the room there is
const FLOOR = { all: 0.04, one: 0.005 };
const MOST = 600;

export interface Shown {
  layer: number;
  head: number;
  token: number | undefined;
  /** Whether [CLS] and [SEP] take part. */
  special: boolean;
}

export interface ArcsActions {
  /** A token was chosen; undefined: none any more. */
  choose(token: number | undefined): void;
  /** Go to the next head, or with -1 to the one before. */
  step(by: 1 | -1): void;
}

export class ArcsView {
  readonly #from = h("div", {
    class: "arc-tokens arc-from",
    role: "listbox",
    "aria-label": "Tokens that look",
    "data-testid": "tokens",
  });
  readonly #to = h("div", { class: "arc-tokens arc-to", "aria-hidden": "true", "data-testid": "targets" });
  readonly drawing = svg("svg", { class: "arc-drawing", preserveAspectRatio: "none", "aria-hidden": "true" });
  readonly #note: HTMLElement;
  readonly #actions: ArcsActions;
  #reading: Reading | undefined;
  #shown: Shown = { layer: 0, head: 0, token: undefined, special: true };
  #pointed: End | undefined;

  constructor(container: HTMLElement, note: HTMLElement, actions: ArcsActions) {
    this.#note = note;
    this.#actions = actions;
    container.replaceChildren(this.#from, this.drawing, this.#to);
    container.addEventListener("pointerover", ({ target, pointerType }) => {
      if (pointerType !== "touch") this.#point(this.#endOf(target));
    });
    container.addEventListener("pointerleave", () => this.#point(undefined));
    this.#from.addEventListener("click", ({ target }) => this.#toggle(this.#endOf(target)?.token));
    this.#from.addEventListener("keydown", (event) => this.#onKey(event));
  }

  show(reading: Reading, shown: Shown): void {
    if (reading !== this.#reading) this.#fill(reading);
    this.#reading = reading;
    this.#shown = shown;
    this.#draw();
  }

  /** The arcs on view. */
  arcs(): ChosenArcs {
    const reading = this.#reading;
    if (!reading) return { arcs: [], leftOut: 0 };
    const { layer, head, token, special } = this.#shown;
    const only = this.#pointed ?? (token === undefined ? undefined : { side: "from" as const, token });
    return chooseArcs(weightsOf(reading, layer, head), reading.tokens.length, {
      only,
      without: special ? undefined : (i) => isSpecial(reading, i),
      floor: only ? FLOOR.one : FLOOR.all,
      most: MOST,
    });
  }

  #fill({ tokens, offsets }: Reading): void {
    const classOf = (i: number) => `arc-token${offsets[2 * i] === offsets[2 * i + 1] ? " arc-special" : ""}`;
    this.#pointed = undefined;
    this.#from.replaceChildren(
      ...tokens.map((token, i) =>
        h("div", { class: classOf(i), role: "option", tabindex: -1, "data-token": i, "data-testid": "token" }, token),
      ),
    );
    this.#to.replaceChildren(
      ...tokens.map((token, i) =>
        h("div", { class: classOf(i), "data-token": i }, h("span", {}, token), h("span", { class: "arc-share" })),
      ),
    );
    const height = tokens.length * ROW;
    this.drawing.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
    this.drawing.style.height = `${height}px`;
  }

  #draw(): void {
    const { token, special } = this.#shown;
    const chosen = this.arcs();
    const field = { left: 0, right: WIDTH, top: 0, rowHeight: ROW };
    this.drawing.replaceChildren(
      ...chosen.arcs.map(({ from, to, weight }) =>
        svg("path", {
          d: arcPath({ from, to }, field),
          "stroke-width": arcWidth(weight).toFixed(2),
          "stroke-opacity": arcOpacity(weight).toFixed(3),
        }),
      ),
    );
    const isOne = this.#pointed !== undefined || token !== undefined;
    for (const [i, element] of Array.from(this.#from.children).entries()) {
      const option = element as HTMLElement;
      const isChosen = i === token;
      option.setAttribute("aria-selected", String(isChosen));
      option.tabIndex = i === (token ?? 0) ? 0 : -1;
      this.#mark(option, i, special, "from", chosen, isOne);
    }
    for (const [i, element] of Array.from(this.#to.children).entries())
      this.#mark(element as HTMLElement, i, special, "to", chosen, isOne);
    this.#note.textContent = this.#noteOf(chosen, isOne);
  }

  /** Dims what takes no part, and writes the weights of a single token's arcs beside their other ends. */
  #mark(
    element: HTMLElement,
    i: number,
    special: boolean,
    side: End["side"],
    { arcs }: ChosenArcs,
    isOne: boolean,
  ): void {
    const hidden = !special && this.#reading !== undefined && isSpecial(this.#reading, i);
    element.classList.toggle("arc-hidden", hidden);
    const weight = isOne ? arcs.reduce((sum, arc) => sum + (arc[side] === i ? arc.weight : 0), 0) : 0;
    const pointed = this.#pointed?.side === side && this.#pointed.token === i;
    element.classList.toggle("arc-pointed", pointed);
    const isSource = pointed || (side === "from" && !this.#pointed && this.#shown.token === i);
    element.classList.toggle("arc-quiet", isOne && !isSource && weight < 0.02);
    element.style.setProperty("--weight", isOne && !isSource ? weight.toFixed(3) : "0");
    const share = element.querySelector(".arc-share");
    if (share) share.textContent = isOne && !isSource && weight >= 0.01 ? percent(weight) : "";
  }

  #noteOf({ leftOut }: ChosenArcs, isOne: boolean): string {
    const reading = this.#reading;
    if (!reading) return "";
    const notes: string[] = [];
    if (reading.total > reading.tokens.length)
      notes.push(`The model read ${reading.total} tokens; the first ${reading.tokens.length} are drawn.`);
    if (reading.truncated) notes.push("The text is longer than the model reads: the rest was cut.");
    if (leftOut > 0) notes.push(`The ${MOST} heaviest arcs are drawn; ${leftOut} lighter ones are left out.`);
    else if (!isOne) notes.push(`Arcs below ${percent(FLOOR.all)} are left out.`);
    return notes.join(" ");
  }

  #endOf(target: EventTarget | null): End | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-token]") : null;
    if (!element) return undefined;
    return { side: this.#from.contains(element) ? "from" : "to", token: Number(element.dataset.token) };
  }

  #point(end: End | undefined): void {
    if (end?.side === this.#pointed?.side && end?.token === this.#pointed?.token) return;
    this.#pointed = end;
    this.#draw();
  }

  #toggle(token: number | undefined): void {
    if (token === undefined) return;
    this.#actions.choose(token === this.#shown.token ? undefined : token);
    this.#focus(token);
  }

  #focus(token: number): void {
    const option = this.#from.children[token] as HTMLElement | undefined;
    option?.focus({ preventScroll: true });
    option?.scrollIntoView({ block: "nearest" });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#endOf(event.target)?.token ?? 0;
    const last = this.#from.children.length - 1;
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last };
    const next = steps[event.key];
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.#actions.step(event.key === "ArrowLeft" ? -1 : 1);
    else if (event.key === "Escape") this.#actions.choose(undefined);
    else if (event.key === " " || event.key === "Enter") this.#toggle(at);
    else if (next !== undefined) {
      const token = Math.max(0, Math.min(last, next));
      this.#actions.choose(token);
      this.#focus(token);
    } else return;
    event.preventDefault();
  }
}
