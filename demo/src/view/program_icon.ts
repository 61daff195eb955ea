// A program's icon: a tile of a sheet, fetched when it comes near the window; or a monogram where the catalogue has no pictures.
import type { Catalogue, Program } from "../catalogue/catalogue.ts";
import { iconPlace, loadSheet } from "../catalogue/icon_sheets.ts";
import { h } from "./dom.ts";

const showWhenNear = new Map<Element, () => void>();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      showWhenNear.get(target)?.();
      showWhenNear.delete(target);
    }
  },
  { rootMargin: "400px" },
);

/** A steady hue for a name, so that monograms differ. */
function hueOf(text: string): number {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) as number)) % 3600;
  return hash / 10;
}

function monogram(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [name];
  const letters = words.length > 1 ? `${words[0]?.[0]}${words[1]?.[0]}` : (words[0] ?? "").slice(0, 2);
  return letters.toUpperCase();
}

async function showTile(icon: HTMLElement, index: number, icons: Catalogue["icons"]): Promise<void> {
  const { sheet, column, row } = iconPlace(index, icons);
  const image = await loadSheet(sheet);
  if (!image) {
    icon.classList.add("icon-missing");
    return;
  }
  // The last sheet may have fewer rows than columns; sizes in tiles keep it right at any display size.
  icon.style.setProperty("--sheet-columns", String(icons.columns));
  icon.style.setProperty("--column", String(column));
  icon.style.setProperty("--row", String(row));
  icon.style.backgroundImage = `url("${image.src}")`;
  icon.classList.add("icon-loaded");
}

/** @param size CSS class: "small", "medium" or "large" */
export function programIcon(program: Program, index: number, icons: Catalogue["icons"], size: string): HTMLElement {
  const tile = h("span", { class: `icon icon-${size}`, "aria-hidden": "true" });
  const hue = program.hue ?? (program.hasIcon ? undefined : hueOf(program.name));
  if (hue === undefined) tile.classList.add("icon-grey");
  else tile.style.setProperty("--hue", String(hue));
  if (!program.hasIcon) {
    tile.classList.add("icon-monogram");
    tile.append(monogram(program.name));
    return tile;
  }
  const picture = h("span", { class: "icon-picture" });
  tile.append(picture);
  showWhenNear.set(tile, () => void showTile(picture, index, icons));
  observer.observe(tile);
  return tile;
}
