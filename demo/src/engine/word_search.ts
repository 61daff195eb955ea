// Search by words: what answers until the model is there, and what makes a program's own name find it.
import type { Program } from "../catalogue/catalogue.ts";

const WEIGHTS = { name: 1, keyword: 0.6, summary: 0.4 };

// Words that carry no meaning in a search such as "a program to edit my photos".
const STOP_WORDS = new Set(
  "a an and any app application do for from how i in is it me my of on or program software some that the to want with".split(
    " ",
  ),
);

/** Lower case, without accents: "Déjà Dup" is found as "deja". */
export const fold = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");

const wordsOf = (text: string) => fold(text).match(/[\p{L}\p{N}+#]+/gu) ?? [];

/** The words of a query that are worth looking for; all of them if none is. */
export function queryWords(query: string): string[] {
  const words = wordsOf(query);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

interface IndexedProgram {
  title: string;
  name: string[];
  keyword: string[];
  summary: string[];
}

/** 1 for the word itself, less for a longer word that begins with it; single letters only match themselves. */
function matchOf(query: string, words: string[]): number {
  if (words.includes(query)) return 1;
  return query.length > 1 && words.some((word) => word.startsWith(query)) ? 0.8 : 0;
}

export class WordSearch {
  readonly #programs: IndexedProgram[];

  constructor(programs: readonly Program[]) {
    this.#programs = programs.map((program) => ({
      title: fold(program.name),
      name: wordsOf(`${program.name} ${program.package ?? ""} ${program.id.split(".").at(-1)}`),
      keyword: wordsOf([...program.keywords, ...program.sections].join(" ")),
      summary: wordsOf(program.summary),
    }));
  }

  /** How well each program's words answer a query, 0 (not at all) to 1. */
  scores(query: string): Float32Array {
    const words = queryWords(query);
    return Float32Array.from(this.#programs, (program) => {
      let sum = 0;
      for (const word of words) {
        sum += Math.max(
          WEIGHTS.name * matchOf(word, program.name),
          WEIGHTS.keyword * matchOf(word, program.keyword),
          WEIGHTS.summary * matchOf(word, program.summary),
        );
      }
      return words.length > 0 ? sum / words.length : 0;
    });
  }

  /** How far a query is a program's name, 0 to 1: 1 for the whole name, less for its beginning. */
  nameScores(query: string): Float32Array {
    const words = queryWords(query);
    const title = fold(query.trim());
    return Float32Array.from(this.#programs, (program) => {
      if (program.title === title) return 1;
      const matches = words.map((word) => (word.length > 2 ? matchOf(word, program.name) : 0));
      return words.length > 0 ? 0.9 * Math.min(...matches) : 0;
    });
  }
}
