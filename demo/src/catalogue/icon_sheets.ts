// The sheets that hold the programs' icons, each fetched once, when something first needs it.
import { type Catalogue, fetchFile } from "./catalogue.ts";

/** Addresses of the sheets by their number; a sheet without pictures has no file. */
const addresses = new Map(
  Object.entries(
    import.meta.glob<string>("../../generated/icons/*.webp", { query: "?url", import: "default", eager: true }),
  ).map(([file, url]) => [Number(/(\d+)\.webp$/.exec(file)?.[1]), url]),
);

/** Where an icon is: its sheet, and its tile there. */
export interface IconPlace {
  sheet: number;
  column: number;
  row: number;
}

export function iconPlace(index: number, { columns }: Catalogue["icons"]): IconPlace {
  const cell = index % columns ** 2;
  return { sheet: Math.floor(index / columns ** 2), column: cell % columns, row: Math.floor(cell / columns) };
}

const sheets = new Map<number, Promise<HTMLImageElement | undefined>>();

/** Undefined for a sheet that does not exist or could not be fetched. */
export function loadSheet(number: number): Promise<HTMLImageElement | undefined> {
  let sheet = sheets.get(number);
  if (!sheet) {
    const url = addresses.get(number);
    sheet = new Promise((resolve) => {
      if (!url) {
        resolve(undefined);
        return;
      }
      const image = new Image();
      image.onload = () => resolve(image);
      image.onerror = () => resolve(undefined);
      image.src = url;
    });
    sheets.set(number, sheet);
  }
  return sheet;
}

/** A sheet for drawing, decoded beside the page's thread; an image would be decoded while it is drawn. */
async function loadBitmap(number: number): Promise<ImageBitmap | undefined> {
  const url = addresses.get(number);
  if (!url) return undefined;
  return createImageBitmap(await (await fetchFile(url)).blob());
}

/** For drawing: what is there at once, and word when more came. */
export class IconPictures {
  readonly #images = new Map<number, ImageBitmap | undefined>(); // undefined: on its way, or not to be had
  readonly #onLoad: () => void;

  constructor(onLoad: () => void) {
    this.#onLoad = onLoad;
  }

  /** The sheet's picture, or undefined if it is not there yet; then it is fetched. */
  sheet(number: number): ImageBitmap | undefined {
    if (!this.#images.has(number)) {
      this.#images.set(number, undefined);
      loadBitmap(number).then(
        (bitmap) => {
          this.#images.set(number, bitmap);
          if (bitmap) this.#onLoad();
        },
        () => {}, // the map shows a plain plate
      );
    }
    return this.#images.get(number);
  }
}
