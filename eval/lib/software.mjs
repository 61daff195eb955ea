// The catalogue of free software that the demo lists, if it has been made (`npm start` makes it).

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * A catalogue as readFilms() answers, or undefined where there is none. The text is name, summary and description; sections
 * are what tastes are made of, and are kept from every method.
 * @param {string} folder demo/generated
 */
export function readSoftware(folder) {
  if (!existsSync(path.join(folder, "catalogue.json"))) return undefined;
  const read = (name) => JSON.parse(readFileSync(path.join(folder, name), "utf8"));
  const { programs } = read("catalogue.json");
  const descriptions = read("descriptions.json");
  return {
    name: "software",
    items: programs.map(({ id, name, summary, sections, prior }, i) => ({
      id,
      title: name,
      text: `${name}: ${summary}. ${textOf(descriptions[i])}`,
      attributes: { section: sections },
      notability: prior,
    })),
    recipes: [{ kinds: ["section", "section"], share: 1 }],
    sizes: [20, 400],
  };
}

/** The words of a description, of whatever blocks it is made. */
function textOf(description) {
  if (typeof description === "string") return description;
  return Object.values(description ?? {})
    .map(textOf)
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}
