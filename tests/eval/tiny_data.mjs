// A data folder of the project's own: films and abstracts that nobody made, few enough to be evaluated in seconds.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readFilms } from "../../eval/lib/films.mjs";

const subjects = {
  Western: ["a sheriff and a stolen herd", "gold in a dry canyon", "the last stage coach"],
  Horror: ["a house where something breathes", "a village that fears the dark", "a doll with a will of its own"],
  Musical: ["a choir that tours by tram", "a shy pianist on Broadway", "dancers in a flooded theatre"],
  Sports: ["a rowing team of bakers", "a boxer who reads poetry", "the slowest runner of the league"],
  "Science Fiction": ["a lighthouse on the moon", "robots that plant forests", "a letter from the year 3000"],
  Comedy: ["two cooks and one kitchen", "a wedding on the wrong day", "a dog that inherits a bank"],
};
const genres = Object.keys(subjects);
const actors = ["Ada Marsh", "Ben Okoro", "Cleo Lund", "Dov Reyes", "Eve Tanaka", "Flo Weber"];
const manners = ["A quiet", "A fast", "An old-fashioned", "A bitter", "A tender", "A loud"];

function films() {
  return Array.from({ length: 300 }, (_, i) => {
    const first = genres[i % 6];
    const second = genres[Math.floor(i / 6) % 6];
    const actor = actors[(i * 7 + Math.floor(i / 11)) % 6];
    const subject = subjects[first][Math.floor(i / 36) % 3];
    return {
      title: `Number ${i}`,
      year: 1980 + ((i * 13) % 40),
      cast: [actor],
      genres: [...new Set([first, second])],
      extract: `${manners[(i * 5) % 6]} ${first.toLowerCase()} film about ${subject}, with ${actor}.${" It was seen by many.".repeat(i % 7)}`,
    };
  });
}

const abstracts = [
  ["the lift of a thin wing at low speed", "how much lift does a thin wing have"],
  ["heat in the nose of a body at high speed", "how hot does a fast body become"],
  ["waves behind a plate in a stream of water", "what waves does a plate make in water"],
  ["buckling of thin cylinders under pressure", "when does a thin cylinder buckle"],
];

/** Writes the folder. @returns {{ folder: string, remove: () => void }} */
export function writeTinyData() {
  const folder = mkdtempSync(path.join(tmpdir(), "kinvec-eval-"));
  const write = (name, text) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  write("movies/movies-tiny.json", JSON.stringify(films()));
  const document = (text, i) => `<doc><docno>${i + 1}</docno><title>none</title>\n<text>${text}\n</text></doc>`;
  write("cranfield/cran.all.1400.xml", [...abstracts.map(([text]) => text), ""].map(document).join("\n"));
  // As in the collection, a question's number is not its position, by which it is judged.
  const question = ([, text], i) => `<top><num> ${10 * i + 1}</num><title>\n${text} .\n</title></top>`;
  write("cranfield/cran.qry.xml", abstracts.map(question).join("\n"));
  write("cranfield/cranqrel.trec.txt", abstracts.map((_, i) => `${i + 1} 0 ${i + 1} 1`).join("\n"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The catalogue alone. */
export function tinyFilms() {
  const { folder, remove } = writeTinyData();
  try {
    return readFilms(path.join(folder, "movies"));
  } finally {
    remove();
  }
}
