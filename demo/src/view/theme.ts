// Light, dark, or as the system says. theme.js in the page's head applies a kept choice before anything is drawn.
import type { Storage } from "../profile/page_storage.ts";
import { symbol } from "./dom.ts";

const KEY = "kinvec-demo.theme";
const CHOICES = ["auto", "light", "dark"] as const;
type Theme = (typeof CHOICES)[number];

const LABELS: Record<Theme, string> = { auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };

export function setUpThemeButton(button: HTMLButtonElement, storage: Storage): void {
  const kept = storage.getItem(KEY) as Theme | null;
  let theme: Theme = kept && CHOICES.includes(kept) ? kept : "auto";
  const show = () => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.replaceChildren(symbol(`theme-${theme}`));
    button.setAttribute("aria-label", LABELS[theme]);
    button.title = LABELS[theme];
  };
  button.addEventListener("click", () => {
    theme = CHOICES[(CHOICES.indexOf(theme) + 1) % CHOICES.length] as Theme;
    if (theme === "auto") storage.removeItem(KEY);
    else storage.setItem(KEY, theme);
    show();
  });
  show();
}
