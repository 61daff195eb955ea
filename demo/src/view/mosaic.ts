// The picture beside the title: icons of the programs that open the list.
import type { Catalogue } from "../catalogue/catalogue.ts";
import { programIcon } from "./program_icon.ts";

const TILES = 30; // inside the first sheet, which the first cards need anyway

export function fillMosaic(container: HTMLElement, catalogue: Catalogue): void {
  const tiles = catalogue.programs
    .slice(0, TILES)
    .map((program, index) => programIcon(program, index, catalogue.icons, "mosaic"));
  container.replaceChildren(...tiles);
}
