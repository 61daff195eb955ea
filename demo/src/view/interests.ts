// The person's interests in words, beside the map's regions: what each comes from, and how much it counts.
import { colourOf } from "../map/colours.ts";
import type { Interest, Region } from "../map/regions.ts";
import type { ProfileEvent } from "../profile/profile_store.ts";
import { h } from "./dom.ts";
import type { EventWords } from "./event_words.ts";

const SOURCES_SHOWN = 2;

/** "Krita, Inkscape and 2 more" */
function sourcesOf(interest: Interest, events: readonly ProfileEvent[], words: EventWords): string {
  const names = [...new Set(interest.events.flatMap((at) => (events[at] ? [words.speak(events[at]).what] : [])))];
  const more = names.length - SOURCES_SHOWN;
  return more > 0 ? `${names.slice(0, SOURCES_SHOWN).join(", ")} and ${more} more` : names.join(", ");
}

/**
 * @param events of the profile that the interests were found in
 * @param regions in the same order
 * @param onChoice called with a region's colour slot
 */
export function showInterests(
  container: HTMLElement,
  interests: readonly Interest[],
  regions: readonly Region[],
  events: readonly ProfileEvent[],
  words: EventWords,
  onChoice: (slot: number) => void,
): void {
  const rows = regions.flatMap(({ slot }, i) => {
    const interest = interests[i];
    if (!interest) return [];
    const percent = `${Math.round(100 * interest.share)}\u2009%`;
    const button = h(
      "button",
      { type: "button", class: "interest", title: "Show it on the map", "data-testid": "interest" },
      h("span", { class: "interest-dot" }),
      h("span", { class: "interest-name" }, sourcesOf(interest, events, words)),
      h("span", { class: "interest-share" }, percent),
      h("span", { class: "interest-bar" }),
    );
    button.style.setProperty("--colour", colourOf(slot));
    button.style.setProperty("--share", String(interest.share));
    button.addEventListener("click", () => onChoice(slot));
    return [h("li", {}, button)];
  });
  container.replaceChildren(...rows);
  container.hidden = rows.length === 0;
}
