// How a program's score is made up: one bar for each thing that speaks for it or against it.
import type { Explanation, ShownShare } from "../engine/protocol.ts";
import type { ProfileEvent } from "../profile/profile_store.ts";
import { h } from "./dom.ts";
import type { EventWords } from "./event_words.ts";

const MOST_ROWS = 8;
const signed = (share: number) => `${share < 0 ? "\u2212" : "+"}${Math.abs(share).toFixed(3)}`;

function label({ from }: ShownShare, events: readonly ProfileEvent[], words: EventWords): (Node | string)[] {
  if (from === "popularity") return ["Many people know it"];
  if (from === "exploration") return ["Chance, since you asked for surprises"];
  const event = events[from];
  if (!event) return ["Something you did"];
  const { deed, what } = words.speak(event);
  return [`${deed[0]?.toUpperCase()}${deed.slice(1)} `, h("strong", {}, what)];
}

/** @param events of the profile that the explanation was made for */
export function whyTable(
  { score, shares }: Explanation,
  events: readonly ProfileEvent[],
  words: EventWords,
): HTMLElement {
  const bySize = shares.toSorted((a, b) => Math.abs(b.share) - Math.abs(a.share));
  const shown = bySize.slice(0, MOST_ROWS).toSorted((a, b) => b.share - a.share);
  const rest = bySize.slice(MOST_ROWS).reduce((sum, { share }) => sum + share, 0);
  const largest = Math.max(...bySize.map(({ share }) => Math.abs(share)), Number.MIN_VALUE);

  const row = (name: (Node | string)[], share: number) => {
    const bar = h("span", { class: share < 0 ? "why-bar why-against" : "why-bar" });
    bar.style.setProperty("--length", String(Math.min(1, Math.abs(share) / largest)));
    return h(
      "tr",
      { "data-testid": "why-share" },
      h("th", { scope: "row" }, ...name),
      h("td", { class: "why-track", "aria-hidden": "true" }, bar),
      h("td", { class: "why-number" }, signed(share)),
    );
  };
  return h(
    "table",
    { class: "why-table" },
    h("caption", { class: "visually-hidden" }, "What speaks for this program and against it"),
    h(
      "tbody",
      {},
      ...shown.map((share) => row(label(share, events, words), share.share)),
      bySize.length > MOST_ROWS && row([`${bySize.length - MOST_ROWS} smaller ones`], rest),
    ),
    h(
      "tfoot",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "row" }, "Together"),
        h("td", { "aria-hidden": "true" }),
        h("td", { class: "why-number", "data-testid": "why-score" }, signed(score)),
      ),
    ),
  );
}
