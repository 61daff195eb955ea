// The catalogue of films: what a model reads of each, what a person's tastes are made of, and how well known each is.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * A catalogue has items { id, text, title, attributes, notability }.  A model sees only `text`; tastes are made of
 * `attributes`, lists of words by kind; `notability` orders the items by how well they are known.
 *
 * The text is title and extract. The field of genres is kept from every method, though extracts often say "comedy film".
 * @param {string} folder with files movies-*.json of title, year, cast, genres and extract
 */
export function readFilms(folder) {
  const files = readdirSync(folder).filter((name) => /^movies-.*\.json$/.test(name));
  const records = files.sort().flatMap((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8")));
  const byId = new Map();
  for (const { title, year, cast, genres, extract } of records) {
    const id = `${title} (${year})`;
    if (!extract || byId.has(id)) continue; // a few films have no text, or are listed twice
    byId.set(id, {
      id,
      title,
      text: `${title}. ${extract}`,
      attributes: { genre: genres, decade: [`${Math.floor(year / 10)}0s`], cast },
      notability: extract.length,
    });
  }
  return {
    name: "films",
    items: [...byId.values()],
    // Kinds of a taste, all of whose attributes an item of it has, with the share of the tastes that are so made.
    recipes: [
      { kinds: ["genre", "genre"], share: 0.65 },
      { kinds: ["genre", "decade"], share: 0.35 },
    ],
    sizes: [20, 400], // items of a taste
  };
}
