// A program's icon: a tile of a sheet, fetched when it comes near the window; or a monogram where the catalogue has no pictures.
import type { Catalogue, Program } from "../catalogue/catalogue.ts";
import { h } from "./dom.ts";

/** Addresses of the sheets by their number; a sheet without pictures has no file. */
const sheets = new Map(
  Object.entries(
    import.meta.glob<string>("../../generated/icons/*.webp", { query: "?url", import: "default", eager: true }),
  ).map(([file, url]) => [Number(/(\d+)\.webp$/.exec(file)?.[1]), url]),
);

const loading = new Map<string, Promise<boolean>>();

function loadSheet(url: string): Promise<boolean> {
  let sheet = loading.get(url);
  if (!sheet) {
    const image = new Image();
    sheet = new Promise((resolve) => {
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
    });
    image.src = url;
    loading.set(url, sheet);
  }
  return sheet;
}

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

async function showTile(icon: HTMLElement, index: number, { columns }: Catalogue["icons"]): Promise<void> {
  const perSheet = columns * columns;
  const url = sheets.get(Math.floor(index / perSheet));
  if (!url || !(await loadSheet(url))) {
    icon.classList.add("icon-missing");
    return;
  }
  const cell = index % perSheet;
  // The last sheet may have fewer rows than columns; sizes in tiles keep it right at any display size.
  icon.style.setProperty("--sheet-columns", String(columns));
  icon.style.setProperty("--column", String(cell % columns));
  icon.style.setProperty("--row", String(Math.floor(cell / columns)));
  icon.style.backgroundImage = `url("${url}")`;
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
