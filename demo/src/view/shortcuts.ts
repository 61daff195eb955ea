// Keys that work anywhere on the page, and the dialog that lists all keys.
import { find, h, symbol } from "./dom.ts";

const KEYS: [keys: string[], meaning: string][] = [
  [["/"], "Search"],
  [["Esc"], "Clear the search, close a dialog"],
  [["\u2190", "\u2191", "\u2192", "\u2193"], "Move between programs, in the list and on the map"],
  [["Enter"], "Open the program"],
  [["L"], "Like the program, or take it back"],
  [["X"], "Not for me, or take it back"],
  [["+", "\u2212"], "Zoom the map"],
  [["?"], "This list"],
];

function fillHelp(dialog: HTMLDialogElement): void {
  const close = h(
    "button",
    { type: "button", class: "round-button detail-close", "aria-label": "Close" },
    symbol("close"),
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  const rows = KEYS.map(([keys, meaning]) =>
    h("div", {}, h("dt", {}, ...keys.map((key) => h("kbd", {}, key))), h("dd", {}, meaning)),
  );
  dialog.replaceChildren(
    h("article", { class: "panel" }, h("h2", { id: "help-title" }, "Keys"), h("dl", { class: "keys" }, ...rows), close),
  );
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function setUpShortcuts(input: HTMLInputElement): void {
  const help = find<HTMLDialogElement>("help");
  fillHelp(help);
  find("help-button").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTyping(event.target) ||
      document.querySelector("dialog[open]")
    )
      return;
    if (event.key === "/") input.select();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });
}
