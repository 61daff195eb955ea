// Packs the icons into sheets: a page shows a few dozen at a time, and a few files travel and cache better than 1,700.
// Programs stand in order of likelihood, so the first sheets are the ones that a first visit needs.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { cacheFolder } from "./cache.mjs";

export const TILE = 96; // px: sharp at the cards' 56 CSS px on most screens
export const COLUMNS = 6; // a sheet is COLUMNS x COLUMNS tiles, about 90 kB

const run = promisify(execFile);

/** Unpacks one archive once and returns the folder. */
async function unpack(archives, name) {
  const folder = join(cacheFolder("appstream"), name);
  if (existsSync(join(folder, ".complete"))) return folder;
  await mkdir(folder, { recursive: true });
  for (const archive of archives) await run("tar", ["-xzf", archive, "-C", folder]);
  if (archives.length > 0) await writeFile(join(folder, ".complete"), "");
  return folder;
}

/**
 * The hue of an icon's saturated pixels, for the tint of its card.
 * @param {Buffer} rgba [TILE, TILE, 4]
 * @returns {number | undefined} degrees, 0-359; undefined for a grey icon
 */
export function dominantHue(rgba) {
  // Hues live on a circle: sum unit vectors, weighted by how colourful and opaque a pixel is.
  let x = 0;
  let y = 0;
  let weights = 0;
  for (let i = 0; i < rgba.length; i += 4) {
    const [r, g, b, a] = [rgba[i] / 255, rgba[i + 1] / 255, rgba[i + 2] / 255, rgba[i + 3] / 255];
    const max = Math.max(r, g, b);
    const chroma = max - Math.min(r, g, b);
    if (chroma < 0.1) continue;
    const sector = max === r ? ((g - b) / chroma + 6) % 6 : max === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
    const weight = chroma * chroma * a;
    x += Math.cos((sector * Math.PI) / 3) * weight;
    y += Math.sin((sector * Math.PI) / 3) * weight;
    weights += weight;
  }
  if (weights < 20) return undefined;
  return Math.round((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

/** One icon as raw pixels, or undefined where the file is missing or broken. */
async function readTile(file) {
  try {
    const { data } = await sharp(file)
      .resize(TILE, TILE, { fit: "contain", background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return data;
  } catch {
    return undefined;
  }
}

/** Writes one sheet. @param {Map<number, Buffer>} tiles cell to pixels */
async function writeSheet(file, tiles) {
  const rows = Math.ceil((Math.max(...tiles.keys()) + 1) / COLUMNS);
  const raw = { width: TILE, height: TILE, channels: 4 };
  await sharp({
    create: { width: COLUMNS * TILE, height: rows * TILE, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .composite(
      [...tiles].map(([cell, input]) => ({
        input,
        raw,
        left: (cell % COLUMNS) * TILE,
        top: Math.floor(cell / COLUMNS) * TILE,
      })),
    )
    .webp({ quality: 82, alphaQuality: 90, effort: 5 })
    .toFile(file);
}

/**
 * @param {{icon?: string}[]} programs in catalogue order: program i owns tile i % COLUMNS^2 of sheet floor(i / COLUMNS^2)
 * @param {import("./apt_lists.mjs").AppStreamFiles} files
 * @param {string} outFolder
 * @returns {Promise<{hasIcon: boolean, hue?: number}[]>} one per program
 */
export async function writeIconSheets(programs, files, outFolder) {
  const small = await unpack(files.icons, "icons-64x64");
  const large = await unpack(files.largeIcons, "icons-128x128");
  await mkdir(outFolder, { recursive: true });
  const perSheet = COLUMNS * COLUMNS;
  const results = [];
  for (let first = 0; first < programs.length; first += perSheet) {
    /** @type {Map<number, Buffer>} */
    const tiles = new Map();
    for (const [cell, program] of programs.slice(first, first + perSheet).entries()) {
      const file =
        program.icon && [join(large, program.icon), join(small, program.icon)].find((path) => existsSync(path));
      const tile = file ? await readTile(file) : undefined;
      if (tile) tiles.set(cell, tile);
      results.push(tile ? { hasIcon: true, hue: dominantHue(tile) } : { hasIcon: false });
    }
    const name = `sheet-${String(first / perSheet).padStart(2, "0")}.webp`;
    if (tiles.size > 0) await writeSheet(join(outFolder, name), tiles);
  }
  return results;
}
