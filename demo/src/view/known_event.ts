// One thing that the page knows about the person: what, since when, with ways to change it and to forget it.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { EVENT_KINDS, type EventKind, type ProfileEvent } from "../profile/profile_store.ts";
import { h, symbol } from "./dom.ts";
import { type EventWords, KIND_WORDS } from "./event_words.ts";
import { programIcon } from "./program_icon.ts";

export interface KnownEventActions {
  edit(event: ProfileEvent, kind: EventKind): void;
  forget(event: ProfileEvent): void;
}

const when = (at: number) => new Date(at).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });

function kindChoice(event: ProfileEvent, what: string, actions: KnownEventActions): HTMLElement {
  if (event.kind === "describe") return h("span", { class: "known-kind" }, "You said");
  const select = h(
    "select",
    { class: "known-kind", "aria-label": `What you did with ${what}`, "data-testid": "known-kind" },
    ...EVENT_KINDS.map((kind) => h("option", { value: kind, selected: kind === event.kind }, KIND_WORDS[kind])),
  );
  select.addEventListener("change", () => actions.edit(event, select.value as EventKind));
  return select;
}

export function knownEvent(
  event: ProfileEvent,
  catalogue: Catalogue,
  words: EventWords,
  actions: KnownEventActions,
): HTMLElement {
  const { what, index, program } = words.speak(event);
  const forget = h(
    "button",
    { type: "button", class: "small-button", "aria-label": `Forget ${what}`, "data-testid": "forget" },
    "Forget",
  );
  forget.addEventListener("click", () => actions.forget(event));
  const isGone = event.kind !== "describe" && !program;
  return h(
    "li",
    { class: "panel-event", "data-testid": "known", "data-kind": event.kind },
    program && index !== undefined
      ? programIcon(program, index, catalogue.icons, "small")
      : h("span", { class: "icon icon-grey icon-small" }, symbol("said")),
    h("span", { class: "panel-event-name" }, isGone ? `${what} (no longer in the catalogue)` : what),
    h(
      "span",
      { class: "panel-event-facts" },
      kindChoice(event, what, actions),
      h("time", { datetime: new Date(event.at).toISOString() }, when(event.at)),
    ),
    forget,
  );
}
